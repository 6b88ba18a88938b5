using System.Text;
using System.Text.Json;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Points;
using Parcours.Journeys.Texts;

namespace Parcours.Journeys.Plans;

/// <summary>Every problem of an action as it is declared; codes of webhooks where it is one, else <c>action.*</c>.</summary>
public static class CustomActionCheck
{
    const string TooMany = "action.too-many", OutputPlace = "action.output", NoChoices = "action.choices", NameForm = "action.name";
    const int InputsMost = 30, ChoicesMost = 100, FromLengthMax = 500;

    /// <param name="problems">Filled; without an error the action can be made.</param>
    public static void Check(string url, WebhookMethod method, IReadOnlyList<WebhookHeader> headers, JsonElement? body, string? signWith, IReadOnlyList<ActionInput> inputs, IReadOnlyList<ActionOutput> outputs, IReferences references, List<Problem> problems)
    {
        var check = new CheckContext(new() { Format = 1, Id = "", Name = "", Start = [], Points = [] }, references, new HashSet<string>(), problems, []);
        WebhookCheck.Url(check, url, CustomAction.InputRoot);
        WebhookCheck.Headers(check, headers, CustomAction.InputRoot);
        if (body is { } template)
            Body(check, method, template);
        if (signWith is { } secret)
            check.Secret(secret, "signWith");
        if (inputs.Count > InputsMost)
            check.Error(TooMany, "inputs", $"At most {InputsMost} inputs.", ("most", $"{InputsMost}"));
        if (outputs.Count > InputsMost)
            check.Error(TooMany, "outputs", $"At most {InputsMost} outputs.", ("most", $"{InputsMost}"));
        for (var index = 0; index < inputs.Count; index++)
            Input(check, inputs[index], $"inputs/{index}");
        for (var index = 0; index < outputs.Count; index++)
        {
            Name(check, outputs[index].Name, $"outputs/{index}/name");
            if (outputs[index].Name == "status")
                check.Error(ProblemCodes.NameTaken, $"outputs/{index}/name", "'status' is the answer's status already; give it another name.", ("name", "status"));
            if (!ActionOutput.IsPointer(outputs[index].From) || outputs[index].From.Length > FromLengthMax)
                check.Error(OutputPlace, $"outputs/{index}/from", "Say where it stands in the answer: a JSON pointer such as /data/score.");
        }

        check.Unique(inputs.Select((input, index) => (input.Name, $"inputs/{index}/name")));
        check.Unique(outputs.Select((output, index) => (output.Name, $"outputs/{index}/name")));
    }

    static void Body(CheckContext check, WebhookMethod method, JsonElement template)
    {
        if (method is WebhookMethod.Get or WebhookMethod.Delete)
            check.Error(ProblemCodes.WebhookBody, "body", "get and delete send no body; use post, or take the body away.");
        else if (Encoding.UTF8.GetByteCount(template.GetRawText()) > WebhookPoint.BodyBytesMax)
            check.Error(ProblemCodes.WebhookBody, "body", $"A body has at most {WebhookPoint.BodyBytesMax / 1024} KB.");
        else if (FieldJson.TryParse(template, CustomAction.InputRoot, out var problem) is null)
            check.Error(ProblemCodes.TextField, "body", problem!, ("text", ""));
    }

    static void Input(CheckContext check, ActionInput input, string at)
    {
        Name(check, input.Name, at + "/name");
        if (input.Type == ActionInputType.Choice && input.Choices.Count is 0 or > ChoicesMost)
            check.Error(NoChoices, at + "/choices", $"Say what may be chosen: 1 to {ChoicesMost} texts.", ("most", $"{ChoicesMost}"));
        if (input.Default is { } usual && (!CustomActionPoint.Fits(input, usual) || usual.ValueKind == JsonValueKind.String && usual.GetString()!.Contains("{{", StringComparison.Ordinal)))
            check.Error(ProblemCodes.ActionInputType, at + "/default", $"The default of '{input.Name}' is a value of its type, without fields.", ("name", input.Name));
    }

    static void Name(CheckContext check, string name, string at)
    {
        if (!WebhookPoint.IsName(name))
            check.Error(NameForm, at, "A name has letters, digits, - and _ alone.");
    }
}
