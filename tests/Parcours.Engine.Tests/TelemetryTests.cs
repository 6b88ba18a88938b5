using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Engine.Telemetry;

namespace Parcours.Engine.Tests;

/// <summary>The meters belong to the process: nobody else works while these listen.</summary>
[CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
public sealed class TelemetryAlone;

[Collection(nameof(TelemetryTests))]
public sealed class TelemetryTests
{
    const string Ada = """{"plan":"pro","email":"ada@example.org"}""";

    [Fact]
    public async Task What_a_journey_does_is_counted_by_the_engines_meter()
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(TestJourneys.Welcome);
        await world.SegmentAsync("buyers", """{"kind":"event","events":["purchase"],"function":"count","is":"atLeast","value":1,"window":{"last":"P30D"}}""");
        using var heard = new Heard();
        world.Mail.Answer = _ => new(SendOutcome.TryLater, "smtp: 450 4.2.1 not now, ada@example.org");

        await world.DoAsync("ada", "signed_up", traits: Ada, messageId: "one");
        await world.DoAsync("ada", "signed_up", traits: Ada, messageId: "one");
        await world.DoAsync("ada", "purchase");
        world.Mail.Answer = _ => new(SendOutcome.Sent);
        await world.AdvanceAsync(Duration.FromDays(40));

        Assert.Equal(2, heard.Sum("parcours.intake.items", "accepted"));
        Assert.Equal(1, heard.Sum("parcours.intake.items", "duplicate"));
        Assert.Equal(1, heard.Sum("parcours.enrolments.started"));
        Assert.Equal(1, heard.Sum("parcours.enrolments.ended"));
        Assert.Equal(1, heard.Sum("parcours.segment.flips", "in"));
        Assert.Equal(1, heard.Sum("parcours.segment.flips", "out"));
        Assert.True(heard.Sum("parcours.outbox.settled", "email retried smtp-4xx") >= 1);
        Assert.Equal(heard.Sum("parcours.outbox.decided"), heard.Sum("parcours.outbox.settled", "email sent none"));
        Assert.True(heard.Sum("parcours.work.items", "timer") >= 1);
        Assert.Equal(["append", "claim", "commit", "load", "step", "write"], heard.Labels("parcours.turn.duration").Order());
        Assert.Equal(0, heard.Look("parcours.journal.lag"));
        // Semantics 11.4: no value that came in is a label.
        Assert.DoesNotContain(heard.All, label => label.Contains("ada", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_turn_is_traced_with_its_stages_and_linked_to_who_waits_for_it()
    {
        await using var world = await World.StartAsync();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == EngineTelemetry.Name, Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded, ActivityStopped = spans.Enqueue };
        ActivitySource.AddActivityListener(listener);

        await world.DoAsync("ada", "visit");

        var submit = Assert.Single(spans, span => span.OperationName == "submit");
        var turn = Assert.Single(spans, span => span.OperationName == "turn" && span.Links.Any());
        Assert.Equal(submit.SpanId, Assert.Single(turn.Links).Context.SpanId);
        Assert.Equal(["append", "load", "step", "write", "claim", "commit"], spans.Where(span => span.ParentSpanId == turn.SpanId).Select(span => span.OperationName));
        Assert.Equal(1L, turn.GetTagItem("parcours.entries"));
    }

    [Theory]
    [InlineData(null, "none")]
    [InlineData("expired", "expired")]
    [InlineData("smtp: 550 5.1.1 no ada@example.org here (to the recipient)", "smtp-5xx")]
    [InlineData("smtp: the server closed the line", "smtp-line")]
    [InlineData("render: contact.first_name has no value", "render")]
    [InlineData("whatever a plug-in says of ada@example.org", "other")]
    public void A_reason_is_one_of_few_words(string? why, string label)
    {
        var tally = new TurnTally();

        tally.SettledOne("email", "failed", why);

        Assert.Equal(label, Assert.Single(tally.Settled).Key.Reason);
    }

    /// <summary>What the engine's meter says, by instrument and labels.</summary>
    sealed class Heard : IDisposable
    {
        readonly ConcurrentQueue<(string Name, string Labels, double Value)> _measured = new();
        readonly MeterListener _listener = new();

        public Heard()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == EngineTelemetry.Name)
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Take(instrument, value, labels));
            _listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => Take(instrument, value, labels));
            _listener.Start();
        }

        void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels) =>
            _measured.Enqueue((instrument.Name, string.Join(' ', labels.ToArray().Select(label => label.Value)), value));

        public double Sum(string name, string? labels = null) => _measured.Where(measured => measured.Name == name && (labels is null || measured.Labels == labels)).Sum(measured => measured.Value);
        public IEnumerable<string> Labels(string name) => _measured.Where(measured => measured.Name == name).Select(measured => measured.Labels).Distinct();
        /// <summary>What is asked when somebody looks.</summary>
        public double Look(string name)
        {
            _listener.RecordObservableInstruments();
            return Last(name);
        }

        public double Last(string name) => _measured.Last(measured => measured.Name == name).Value;
        public IEnumerable<string> All => _measured.Select(measured => measured.Labels);

        public void Dispose() => _listener.Dispose();
    }
}
