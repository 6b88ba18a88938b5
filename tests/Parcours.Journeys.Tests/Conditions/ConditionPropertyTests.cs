using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Tests.Conditions;

/// <summary>Conditions against an oracle that knows the whole past, over made-up histories.</summary>
public sealed class ConditionPropertyTests
{
    static void ForAll(int times, Action<Scenario> test) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).Select(seed => new Scenario(seed)).ToArbitrary(), test).Check(Config.QuickThrowOnFailure.WithMaxTest(times));

    static IEnumerable<Condition> Leaves(Condition condition) => condition switch
    {
        Condition.All all => all.Of.SelectMany(Leaves),
        Condition.Any any => any.Of.SelectMany(Leaves),
        Condition.Not not => Leaves(not.Of),
        _ => [condition],
    };

    /// <summary>Semantics 2.1, 2.2, 7.2: windows, late events and events of the future, asked at each instant at which anything changes.</summary>
    [Fact]
    public void At_every_interesting_instant_the_answer_is_that_of_the_whole_history() => ForAll(120, scenario =>
    {
        var leaves = Leaves(scenario.Condition).ToList();
        foreach (var now in scenario.Interesting())
        {
            var context = scenario.Ask(scenario.ContactAt(now), now);
            var oracle = new Oracle(scenario, now);
            var holds = scenario.Compiled.Holds(context);

            Assert.True(holds == oracle.Holds(scenario.Condition, now), $"at {now} it said {holds}");
            Assert.Equal(holds, scenario.Compiled.Evaluate(context).Holds);
            Assert.Equal(holds, scenario.Compiled.Explain(context).Holds);
            var bits = leaves.Select((leaf, index) => oracle.Holds(leaf, now) ? 1UL << index : 0).Aggregate(0UL, (sum, bit) => sum | bit);
            Assert.Equal(bits, scenario.Compiled.LeafBits(context));
        }
    });

    /// <summary>Semantics 11.3: what is on record redraws the tree as it was.</summary>
    [Fact]
    public void The_record_of_a_decision_redraws_its_tree() => ForAll(120, scenario =>
    {
        var instants = scenario.Interesting().ToList();
        foreach (var now in instants.Where((_, index) => index % (3 + instants.Count / 40) == 0))
        {
            var context = scenario.Ask(scenario.ContactAt(now), now);
            var recalled = scenario.Compiled.Recall(scenario.Compiled.LeafBits(context), scenario.Compiled.LeafValues(context));
            Assert.Equal(Told(scenario.Compiled.Explain(context)), Told(recalled));
        }

        static string Told(Explanation node) => $"{node.Kind} {node.Subject} {node.Expected} {(node.Actual.Length > 50 ? "" : node.Actual)} {node.Holds} ({string.Join(", ", node.Parts.Select(Told))})";
    });

    /// <summary>Semantics 2.1, 7.6: leaving a window flips at exactly the time of the event plus the window.</summary>
    [Fact]
    public void Nothing_flips_before_FlipsAt_and_there_the_answer_is_another() => ForAll(120, scenario =>
    {
        var instants = scenario.Interesting().ToList();
        foreach (var now in instants.Where((_, index) => index % (7 + instants.Count / 30) == scenario.Seed % 7))
        {
            var contact = scenario.ContactAt(now);
            var oracle = new Oracle(scenario, now);
            var truth = scenario.Compiled.Evaluate(scenario.Ask(contact, now));

            foreach (var later in instants.Where(instant => instant > now && (truth.FlipsAt is not { } flip || instant < flip)))
                Assert.True(oracle.Holds(scenario.Condition, later) == truth.Holds, $"asked at {now}, told {truth}; it flips at {later}");
            if (truth.FlipsAt is { } at)
            {
                Assert.True(at > now);
                Assert.True(oracle.Holds(scenario.Condition, at) != truth.Holds, $"asked at {now}, told {truth}; nothing flips there");
            }
        }
    });

    /// <summary>Semantics 7.1: any order, any split, any grouping: one memory, the same answers.</summary>
    [Fact]
    public void The_order_and_the_split_of_events_change_no_answer() => ForAll(150, scenario =>
    {
        var end = scenario.Events.Select(occurred => occurred.ReceivedAt).DefaultIfEmpty(Instant.FromUtc(2026, 3, 1, 0, 0)).Max();
        var parts = Enumerable.Range(0, 3).Select(_ => scenario.Bare(end)).ToList();
        foreach (var occurred in scenario.Events.OrderBy(_ => scenario.Dice.Next()))
            scenario.Remember(parts[scenario.Dice.Next(3)], occurred, scenario.Dice.Next(2) == 0 ? occurred.ReceivedAt : end);

        var merged = scenario.Bare(end);
        foreach (var aggregate in scenario.Compiled.Aggregates)
        {
            var memories = parts.Select(part => part.Memory.GetValueOrDefault(aggregate.Id)).OfType<AggregateMemory>().ToList();
            if (memories.Count > 0)
                merged.Memory[aggregate.Id] = memories.Aggregate((one, other) => one.Merge(other));
            if (memories.Count > 1)
                Assert.Equal(memories[0].Merge(memories[1]), memories[1].Merge(memories[0]));
            if (memories.Count > 2)
                Assert.Equal(memories[0].Merge(memories[1]).Merge(memories[2]), memories[0].Merge(memories[1].Merge(memories[2])));
        }

        var oracle = new Oracle(scenario, end);
        foreach (var now in scenario.Interesting().Where(instant => instant >= end))
            Assert.Equal(oracle.Holds(scenario.Condition, now), scenario.Compiled.Holds(scenario.Ask(merged, now)));
    });

    /// <summary>Semantics 7.1: what an event joins after a merge answers as if it had been one memory all along.</summary>
    [Fact]
    public void A_merged_memory_takes_further_events() => ForAll(100, scenario =>
    {
        var cut = scenario.Events.Length / 2;
        var contact = scenario.Bare(Instant.MaxValue);
        var other = scenario.Bare(Instant.MaxValue);
        for (var index = 0; index < cut; index++)
            scenario.Remember(index % 2 == 0 ? contact : other, scenario.Events[index], scenario.Events[index].ReceivedAt);
        foreach (var (id, memory) in other.Memory)
            contact.Memory[id] = contact.Memory.TryGetValue(id, out var held) ? held.Merge(memory) : memory;
        for (var index = cut; index < scenario.Events.Length; index++)
            scenario.Remember(contact, scenario.Events[index], scenario.Events[index].ReceivedAt);

        var end = scenario.Events.Select(occurred => occurred.ReceivedAt).DefaultIfEmpty(Instant.FromUtc(2026, 3, 1, 0, 0)).Max();
        var oracle = new Oracle(scenario, Instant.MaxValue);
        foreach (var now in scenario.Interesting().Where(instant => instant >= end))
            Assert.Equal(oracle.Holds(scenario.Condition, now), scenario.Compiled.Holds(scenario.Ask(contact, now)));
    });

    /// <summary>Semantics 13.3.</summary>
    [Fact]
    public void A_memory_is_read_as_it_was_written() => ForAll(150, scenario =>
    {
        var contact = scenario.ContactAt(Instant.FromUtc(2027, 1, 1, 0, 0));
        foreach (var aggregate in scenario.Compiled.Aggregates)
            if (contact.Memory.TryGetValue(aggregate.Id, out var memory))
            {
                var stored = new ArrayBufferWriter<byte>();
                memory.Write(stored);
                Assert.Equal(1, stored.WrittenSpan[0]);
                Assert.Equal(memory, aggregate.Read(stored.WrittenSpan));
            }
    });

    [Fact]
    public void A_condition_is_read_from_JSON_as_it_was_written() => ForAll(150, scenario =>
    {
        var text = scenario.Condition.ToJson();
        var read = Condition.FromJson(text);
        Assert.Equal(text, read.ToJson());
        var now = Instant.FromUtc(2026, 3, 20, 6, 0);
        Assert.Equal(scenario.Compiled.Aggregates.Select(aggregate => aggregate.Id), ConditionCompiler.Compile(read).Aggregates.Select(aggregate => aggregate.Id));
        var context = scenario.Ask(scenario.ContactAt(now), now);
        Assert.Equal(scenario.Compiled.Evaluate(context), ConditionCompiler.Compile(read).Evaluate(context));
    });

    /// <summary>Semantics 7.3: whoever is not named among the dependencies need not be listened to.</summary>
    [Fact]
    public void A_change_outside_the_dependencies_changes_no_answer() => ForAll(200, scenario =>
    {
        var needs = scenario.Compiled.Dependencies;
        var now = Instant.FromUtc(2026, 3, 25, 6, 0);
        var contact = scenario.ContactAt(now);
        var before = scenario.Compiled.Evaluate(scenario.Ask(contact, now));
        var changed = contact.Clone();
        for (var times = 0; times < 10; times++)
        {
            var (_, order) = scenario.Edit();
            if (!(order switch
            {
                ContactEdit.SetProperty set => needs.Properties.Contains(set.Name),
                ContactEdit.AddTag or ContactEdit.RemoveTag => needs.Tags.Contains("t"),
                ContactEdit.JoinList or ContactEdit.LeaveList => needs.Lists.Contains("l"),
                _ => needs.Consent,
            }))
                changed.Apply(order, now, Origin.Live);
            var occurred = scenario.Event() with { ReceivedAt = now };
            if (!needs.Events.Contains(occurred.Name))
                scenario.Remember(changed, occurred, now);
        }
        if (!needs.Segments.Contains("vip"))
            changed.Segments.Add("vip");

        var after = scenario.Ask(changed, now);
        Assert.Equal(before, scenario.Compiled.Evaluate(needs.Messages ? after : after with { Enrolment = null }));
        if (!needs.Time)
            Assert.All(scenario.Interesting(), later => Assert.Equal(new Truth(before.Holds, null), scenario.Compiled.Evaluate(scenario.Ask(contact, later))));
    });
}
