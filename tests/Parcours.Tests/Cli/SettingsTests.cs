using Microsoft.Extensions.Logging;
using NodaTime;
using Parcours.Configuration;
using Parcours.Tests.HouseRules;

namespace Parcours.Tests.Cli;

/// <summary>Option before environment before file before default; what is wrong is said in one line.</summary>
public sealed class SettingsTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parcours-settings-");
    readonly Dictionary<string, string> _options = [], _environment = [];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Without_a_word_it_serves_the_data_folder_here_at_localhost()
    {
        var settings = Settings.Read(new SettingSources(_ => null, _ => null));

        Assert.Equal(Path.GetFullPath("data"), settings.Data);
        Assert.False(settings.DataIsSaid);
        Assert.Equal(["http://localhost:5080"], settings.Urls);
        Assert.Null(settings.TestClock);
        Assert.Equal(LogLevel.Warning, settings.LogLevel);
    }

    [Fact]
    public void An_option_goes_before_the_environment_before_the_file()
    {
        _options["--data"] = _folder.FullName;
        File.WriteAllText(Path.Combine(_folder.FullName, "parcours.json"), """{ "urls": "http://localhost:1", "logLevel": "error", "publicUrl": "https://file.example.org/" }""");
        _environment["PARCOURS_URLS"] = "http://localhost:2";
        _environment["PARCOURS_PUBLIC_URL"] = "https://environment.example.org";
        _options["--urls"] = "http://localhost:3; http://localhost:4";

        var settings = Read();

        Assert.Equal(["http://localhost:3", "http://localhost:4"], settings.Urls);
        Assert.Equal("https://environment.example.org", settings.PublicUrl);
        Assert.Equal(LogLevel.Error, settings.LogLevel);
    }

    [Theory]
    [InlineData("http://127.0.0.1", "http://localhost:1")]
    [InlineData("http://127.0.0.1:9464", "http://*:9464")]
    public void Metrics_have_a_port_of_their_own(string metrics, string urls)
    {
        _options["--data"] = _folder.FullName;
        (_options["--metrics-url"], _options["--urls"]) = (metrics, urls.Replace("localhost:1", "localhost:80", StringComparison.Ordinal));

        Assert.StartsWith("--metrics-url: ", Assert.Throws<SettingException>(Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_file_may_say_where_the_data_is()
    {
        var file = Path.Combine(_folder.FullName, "mine.json");
        File.WriteAllText(file, $$"""{ "data": "{{_folder.FullName}}/elsewhere" } // by hand""");
        _environment["PARCOURS_CONFIG"] = file;

        Assert.Equal(Path.Combine(_folder.FullName, "elsewhere"), Read().Data);
    }

    [Fact]
    public void An_empty_variable_says_nothing()
    {
        _environment["PARCOURS_URLS"] = "";

        Assert.Equal(["http://localhost:5080"], Read().Urls);
    }

    [Theory]
    [InlineData("2026-01-31T09:00:00Z", "2026-01-31T09:00:00Z")]
    [InlineData("2026-01-31T09:00:00+01:00", "2026-01-31T08:00:00Z")]
    [InlineData("2026-01-31", "2026-01-31T00:00:00Z")]
    public void The_test_clock_is_an_instant(string said, string meant)
    {
        _options["--test-clock"] = said;

        Assert.Equal(meant, Read().TestClock!.Value.ToString());
    }

    [Theory]
    [InlineData("--test-clock", "tomorrow")]
    [InlineData("--test-clock", "2026-01-31T09:00:00")]
    [InlineData("--test-clock", "2026-02-30")]
    [InlineData("--test-clock", "1066-10-14")]
    [InlineData("--test-clock", "")]
    [InlineData("--urls", "5080")]
    [InlineData("--urls", "ftp://localhost")]
    [InlineData("--urls", ";")]
    [InlineData("--urls", "http://localhost:99999")]
    [InlineData("--public-url", "example.org")]
    [InlineData("--trust-proxy", "perhaps")]
    [InlineData("--time-zone", "Paris")]
    [InlineData("--mail-from", "nobody")]
    [InlineData("--disk-free-min", "95")]
    [InlineData("--log-level", "loud")]
    [InlineData("--database", "Hostage=localhost")]
    public void A_wrong_value_is_refused_in_one_line_that_names_the_option(string option, string value)
    {
        _options[option] = value;

        var refusal = Assert.Throws<SettingException>(Read);

        Assert.Contains(option, refusal.Message);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData("[]", "one JSON object")]
    [InlineData("""{ "url": "http://localhost" }""", "\"url\", which is no setting")]
    [InlineData("""{ "urls": 5080 }""", "text in quotation marks")]
    [InlineData("""{ "testClock": "noon" }""", "testClock in ")]
    public void A_wrong_file_is_refused_in_one_line_that_names_the_file(string text, string reason)
    {
        _options["--data"] = _folder.FullName;
        File.WriteAllText(Path.Combine(_folder.FullName, "parcours.json"), text);

        var refusal = Assert.Throws<SettingException>(Read);

        Assert.Contains(reason, refusal.Message);
        Assert.Contains("parcours.json", refusal.Message);
    }

    [Fact]
    public void A_named_file_must_be_there()
    {
        _options["--config"] = Path.Combine(_folder.FullName, "none.json");

        Assert.Contains("none.json", Assert.Throws<SettingException>(Read).Message);
    }

    [Fact]
    public void Operations_shows_the_table_of_all_settings_as_it_is() =>
        Assert.Contains(SettingTable.Markdown(), File.ReadAllText(Repository.PathOf("docs/operations.md")));

    Settings Read() => Settings.Read(new SettingSources(setting => _options.GetValueOrDefault(setting.Option), _environment.GetValueOrDefault));
}
