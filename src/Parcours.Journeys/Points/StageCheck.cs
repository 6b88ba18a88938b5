using System.Globalization;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>What values of stages and ends must be.</summary>
static class StageCheck
{
    /// <summary>Where the settings say nothing else.</summary>
    const int StageMost = 200;

    /// <param name="required">Whether there must be one.</param>
    public static void Values(CheckContext check, IReadOnlyList<Value>? values, bool required)
    {
        if (check.Settings.StageProperty is not { } property)
        {
            if (required || values is not null)
                check.Error(ProblemCodes.StageProperty, "values", "Say in the settings which contact property has the stages: stageProperty.");
            return;
        }

        if (required ? values is not { Count: > 0 } : values is { Count: 0 })
            check.Error(ProblemCodes.ValuesNone, "values", "Name at least one value of the stage property.");
        for (var index = 0; index < values?.Count; index++)
            check.ValueFits(property, values[index], $"values/{index}");
    }

    /// <summary>What holds for all stages together: each value in one place, each point in one stage, an entrance for everybody.</summary>
    public static void All(CheckContext check, JourneyDefinition definition)
    {
        var settings = check.At("/settings");
        if (definition.Settings?.StageProperty is not { } property)
            return;
        settings.Property(property, "stageProperty");
        if (!definition.Points.Values.Any(point => point is StagePoint))
        {
            settings.Error(ProblemCodes.StageNone, "stageProperty", "The settings name a stage property, but there is no stage; add one, or take the property away.");
            return;
        }
        foreach (var other in check.References.JourneysByStage(property).Where(id => id != definition.Id && !(check.References.SettingsOf(id) is { } theirs && EligiblePeople.AreApart(definition.Settings, theirs))))
            settings.Warning(ProblemCodes.StageShared, "stageProperty", $"The journey '{other}' is driven by the same property, for contacts of the same lists: who is in both is moved by both.", ("name", other), ("property", property));

        var taken = new HashSet<Value>();
        var empties = 0;
        foreach (var (id, point) in definition.Points)
        {
            var values = point is StagePoint stage ? stage.Values : (point as EndPoint)?.Values;
            for (var index = 0; index < values?.Count; index++)
                if (!taken.Add(values[index]))
                    At(id).Error(ProblemCodes.StageValueTaken, $"values/{index}", $"'{values[index]}' belongs to another stage or end already; a value stands in one only.", ("value", string.Create(CultureInfo.InvariantCulture, $"{values[index]}")));
            if (point is StagePoint { TakesEmpty: true } && ++empties > 1)
                At(id).Error(ProblemCodes.StageEmptyTwice, "takesEmpty", "Contacts without a value begin in one stage only.");
        }

        for (var index = 0; index < definition.Start.Count; index++)
            if (definition.Start[index].Next is { } next && definition.Points.TryGetValue(next, out var point) && point is not StagePoint)
                check.At($"/start/{index}").Error(ProblemCodes.StageStart, "next", "Contacts begin in a stage: lead this to one, or leave it out, and the property says in which.");
        var regions = StageRegions.Of(definition);
        var most = definition.Settings.StageMost ?? StageMost;
        if (most is < 1 or > MapCheck.PointsMax)
            settings.Error(ProblemCodes.StageMost, "stageMost", $"Say how many rules and actions a stage may have: a whole number from 1 to {MapCheck.PointsMax}.", ("most", $"{MapCheck.PointsMax}"));
        else
            foreach (var stage in regions.Where(point => definition.Points[point.Key] is not (StagePoint or EndPoint or GoToPoint)).SelectMany(static point => point.Value).CountBy(static stage => stage, StringComparer.Ordinal).Where(stage => stage.Value > most))
                At(stage.Key).Error(ProblemCodes.StageFull, "", $"This stage has {stage.Value} rules and actions, and at most {most} are allowed: divide it, or allow more in the settings.", ("count", $"{stage.Value}"), ("most", $"{most}"));
        foreach (var (id, stages) in regions.Where(point => point.Value.Count > 1))
            At(id).Error(ProblemCodes.StageCrossed, "", $"This point belongs to several stages ({string.Join(", ", stages)}); lead the lines into a stage instead.", ("stages", string.Join(", ", stages)));

        CheckContext At(string id) => check.At($"/points/{Pointer.Escape(id)}", id);
    }
}
