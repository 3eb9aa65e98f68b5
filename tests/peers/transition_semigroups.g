# What GAP says about the semigroup that transformations generate, named by the classes of
# languages that it decides. With the Semigroups package its own properties are asked; without it
# Green's classes of GAP's library are counted. What neither has is the definition on elements.

# Names of the package are looked up when they are used, since GAP may not have them.
PeerFunction := ValueGlobal;

PeerHasSemigroups := IsPackageLoaded("semigroups");

# The answers of the package on the semigroup S with the regular D-classes `regular`.
PeerFromPackage := function(S, M, regular)
  return [
    ["star_free", PeerFunction("IsAperiodicSemigroup")(S)],
    ["r_trivial", PeerFunction("IsRTrivial")(S)],
    ["l_trivial", PeerFunction("IsLTrivial")(S)],
    ["piecewise_testable", PeerFunction("IsDTrivial")(S)],
    ["commutative", PeerFunction("IsCommutativeSemigroup")(S)],
    ["group_language", PeerFunction("IsGroupAsSemigroup")(M)],
    ["fo2", ForAll(regular, D -> PeerFunction("NrIdempotents")(D) = Size(D))]];
end;

# The same from the definitions by Green's relations; in a finite semigroup J is D.
PeerFromLibrary := function(S, M, regular)
  return [
    ["star_free", Length(GreensHClasses(S)) = Size(S)],
    ["r_trivial", Length(GreensRClasses(S)) = Size(S)],
    ["l_trivial", Length(GreensLClasses(S)) = Size(S)],
    ["piecewise_testable", Length(GreensDClasses(S)) = Size(S)],
    ["commutative", IsCommutative(S)],
    ["group_language", Number(AsList(M), e -> e * e = e) = 1],
    ["fo2", ForAll(regular, D -> ForAll(AsList(D), x -> x * x = x))]];
end;

# Definitions on the elements: se = e, es = e, ese = e, and local monoids that are semilattices.
PeerLocal := function(elements)
  local idempotents, around;
  idempotents := Filtered(elements, e -> e * e = e);
  around := List(idempotents, e -> Set(elements, x -> e * x * e));
  return [
    ["definite", ForAll(idempotents, e -> ForAll(elements, x -> x * e = e))],
    ["reverse_definite", ForAll(idempotents, e -> ForAll(elements, x -> e * x = e))],
    ["generalised_definite", ForAll(around, monoid -> Length(monoid) = 1)],
    ["locally_testable", ForAll(around, monoid ->
      ForAll(monoid, x -> x * x = x and ForAll(monoid, y -> x * y = y * x)))]];
end;

# The elements of the words of length s, for the least s > 0 that gives the same as 2s.
PeerStable := function(letters)
  local powers, s;
  powers := [Set(letters)];
  s := 1;
  while true do
    while Length(powers) < 2 * s do
      Add(powers, Set(Cartesian(Last(powers), powers[1]), x -> x[1] * x[2]));
    od;
    if powers[s] = powers[2 * s] then
      return powers[s];
    fi;
    s := s + 1;
  od;
end;

PeerSameLength := function(letters)
  local stable, periods;
  stable := PeerStable(letters);
  periods := Set(stable, x -> IndexPeriodOfTransformation(x)[2]);
  return [
    ["ac0", periods = [1]],
    ["ac0_p", Length(Union(List(periods, PrimeDivisors))) <= 1],
    ["nc0", ForAll(Filtered(stable, e -> e * e = e),
                   e -> ForAll(stable, x -> e * x * e = e))]];
end;

# The maximal group of a regular D-class, as permutations.
PeerMaximalGroup := function(D)
  if PeerHasSemigroups then
    return Range(IsomorphismPermGroup(PeerFunction("GroupHClass")(D)));
  fi;
  return Group(List(AsList(GroupHClassOfGreensDClass(D)), PermutationOfImage));
end;

# What tells a group apart: its number in the library of small groups, or a name.
PeerIdentity := function(G)
  if IdGroupsAvailable(Size(G)) then
    return IdGroup(G);
  fi;
  return StructureDescription(G);
end;

PeerFacts := function(letters)
  local S, M, regular, facts, groups;
  S := Semigroup(letters);
  M := Monoid(letters);
  regular := Filtered(GreensDClasses(S), IsRegularDClass);
  groups := Filtered(List(regular, PeerMaximalGroup), G -> Size(G) > 1);
  if PeerHasSemigroups then
    facts := PeerFromPackage(S, M, regular);
  else
    facts := PeerFromLibrary(S, M, regular);
  fi;
  Append(facts, [
    ["size", Size(S)],
    ["solvable", ForAll(groups, IsSolvableGroup)],
    ["groups", List(groups, G -> [Size(G), PeerIdentity(G), IsAbelian(G),
                                  List(DerivedSeriesOfGroup(G), Size)])]]);
  Append(facts, PeerLocal(AsSet(S)));
  Append(facts, PeerSameLength(letters));
  return facts;
end;

PeerAnswer := function(value)
  Print("@ ", value, "\n");
end;
