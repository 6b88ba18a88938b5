using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Parcours.Demo;

/// <summary>Shows what the demo came to.</summary>
static class DemoReport
{
    public static void WriteJson(DemoFigures figures, TextWriter output) => output.WriteLine(JsonSerializer.Serialize(figures, DemoJson.Default.DemoFigures));

    public static void WriteTable(DemoFigures figures, TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Journey");
        foreach (var heading in (string[])["Started", "In progress", "Completed", "Successful"])
            table.AddColumn(new TableColumn(heading).RightAligned());
        foreach (var journey in figures.Journeys)
            table.AddRow(Markup.Escape(journey.Name), Number(journey.Started), Number(journey.InProgress), Number(journey.Completed), Number(journey.Successful));
        console.Write(table);

        var facts = new Grid().AddColumn().AddColumn(new GridColumn().RightAligned());
        facts.AddRow("Contacts", Number(figures.Contacts));
        facts.AddRow("Events", Number(figures.Events));
        facts.AddRow("Messages sent (sandbox)", Number(figures.Messages));
        facts.AddRow("Seconds", figures.Seconds.ToString("N1", CultureInfo.InvariantCulture));
        facts.AddRow("Events per second", Number(figures.EventsPerSecond));
        facts.AddRow("Enrolments per second", Number(figures.EnrolmentsPerSecond));
        facts.AddRow("Peak memory, MiB", Number(figures.PeakMemoryMiB));
        console.Write(facts);
    }

    static string Number(double number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
