namespace Parcours.Journeys.Definitions;

/// <summary>The stable codes of everything that a check can find; docs/journeys.md says what to do about each (a test compares).</summary>
public static class ProblemCodes
{
    // The document.
    public const string JsonMalformed = "json.malformed";
    public const string JsonTooLarge = "json.too-large";
    public const string FormatUnknown = "format.unknown";
    public const string FieldUnknown = "field.unknown";
    public const string FieldMissing = "field.missing";
    public const string FieldDuplicate = "field.duplicate";
    public const string FieldType = "field.type";
    public const string KindMissing = "kind.missing";
    public const string KindUnknown = "kind.unknown";

    /// <summary>A duration, date, time or choice that cannot be read.</summary>
    public const string FieldUnreadable = "field.value";

    // Names and ids.
    public const string IdInvalid = "id.invalid";
    public const string IdTaken = "id.taken";
    public const string NameEmpty = "name.empty";
    public const string NameTooLong = "name.too-long";
    public const string NameTaken = "name.taken";

    // The map.
    public const string StartNone = "start.none";
    public const string PointTooMany = "point.too-many";
    public const string PointUnreachable = "point.unreachable";
    public const string TargetMissing = "target.missing";
    public const string TargetNone = "target.none";
    public const string LoopNoWait = "loop.no-wait";

    // Single points.
    public const string WaitNotPositive = "wait.not-positive";
    public const string WaitTooLong = "wait.too-long";
    public const string UntilOne = "until.one";
    public const string UntilTime = "until.time";
    public const string UntilDays = "until.days";
    public const string DateProperty = "date.property";
    public const string CurrentFrom = "current.from";
    public const string DateOffset = "date.offset";
    public const string ScheduleWho = "schedule.who";
    public const string ScheduleDate = "schedule.date";
    public const string ScheduleRule = "schedule.rule";
    public const string ScheduleNever = "schedule.never";
    public const string ZoneUnknown = "zone.unknown";
    public const string WindowDays = "window.days";
    public const string WindowTimes = "window.times";
    public const string WindowSpread = "window.spread";
    public const string WindowExpires = "window.expires";
    public const string SplitPaths = "split.paths";
    public const string SplitShare = "split.share";
    public const string SplitSum = "split.sum";
    public const string ExperimentGoal = "experiment.goal";
    public const string ExperimentHoldOut = "experiment.hold-out";
    public const string ExperimentRules = "experiment.rules";
    public const string PathsCount = "paths.count";
    public const string ActionMissing = "action.missing";
    public const string ActionInputMissing = "action.input-missing";
    public const string ActionInputUnknown = "action.input-unknown";
    public const string ActionInputType = "action.input-type";
    public const string EventsNone = "events.none";
    public const string AbandonBoth = "abandon.both";
    public const string AbandonTimes = "abandon.times";
    public const string EventTooLarge = "event.too-large";
    public const string ActivitiesNone = "activities.none";
    public const string TimeoutMissing = "timeout.missing";
    public const string ValuesNone = "values.none";
    public const string ValueAs = "value.as";
    public const string GoToMost = "goto.most";
    public const string ValueOrClear = "value.or-clear";
    public const string ValueSource = "value.source";
    public const string ValueZero = "value.zero";
    public const string ValueLimits = "value.limits";
    public const string ValueType = "value.type";
    public const string ConsentAll = "consent.all";
    public const string DelayUpTo = "delay.up-to";
    public const string TopicMissing = "topic.missing";
    public const string TextTooLong = "text.too-long";
    public const string TextField = "text.field";
    public const string WebhookUrl = "webhook.url";
    public const string WebhookHeader = "webhook.header";
    public const string WebhookBody = "webhook.body";
    public const string WebhookInto = "webhook.into";
    public const string FirstCount = "first.count";
    public const string DataName = "data.name";
    public const string OwnerUsers = "owner.users";
    public const string OwnerWeight = "owner.weight";
    public const string TaskInTurn = "task.in-turn";
    public const string MessageWithin = "message.within";
    public const string LinkUnused = "link.unused";
    public const string SenderMissing = "message.point";

    public const string StageProperty = "stage.property";
    public const string StageNone = "stage.none";
    public const string StageEmpty = "stage.empty";
    public const string StageEmptyTwice = "stage.empty-twice";
    public const string StageValueTaken = "stage.value-taken";
    public const string StageStart = "stage.start";
    public const string StageCrossed = "stage.crossed";
    public const string StageFull = "stage.full";
    public const string StageMost = "stage.most";
    public const string StageShared = "stage.shared";

    // What they name.
    public const string ContentMissing = "reference.content";
    public const string ContentNotLive = "reference.content-draft";
    public const string SegmentMissing = "reference.segment";
    public const string SegmentNotLive = "reference.segment-filling";
    public const string JourneyMissing = "reference.journey";
    public const string JourneyNotLive = "reference.journey-not-live";
    public const string JourneyItself = "reference.journey-itself";
    public const string StartMissing = "reference.start";
    public const string ListMissing = "reference.list";
    public const string TopicUnknown = "reference.topic";
    public const string SecretMissing = "reference.secret";
    public const string PoolMissing = "reference.pool";
    public const string UserUnknown = "reference.user";
    public const string TeamMissing = "reference.team";
    public const string PropertyUnknown = "reference.property";
    /// <summary>The other codes that begin with <c>condition.</c> are those of docs/conditions.md.</summary>
    public const string ConditionWhere = "condition.where";

    // Settings.
    public const string EndBeforeStart = "settings.end-before-start";
    public const string EntryRate = "settings.entry-rate";
    public const string IntervalMissing = "settings.interval-missing";
    public const string IntervalUnused = "settings.interval-unused";
}
