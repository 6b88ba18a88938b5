using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Tests.Points;

public sealed class BranchPointTests
{
    const string Journey = "{'p':{'kind':'branch','paths':["
        + "{'name':'big','condition':{'kind':'field','name':'total','is':'atLeast','value':100},'next':'b'},"
        + "{'name':'tagged','condition':{'kind':'tag','name':'vip'},'next':'t'}],'otherwise':'o'},"
        + "'b':{'kind':'end','outcome':'successful'},'t':{'kind':'end','outcome':'completed'},'o':{'kind':'end','outcome':'unsuccessful'}}";

    [Theory]
    [InlineData(100, true, "big", "\u001F100")]
    [InlineData(99, true, "tagged", null)]
    [InlineData(99, false, "otherwise", "\u001F99")]
    public void The_first_path_whose_condition_holds_is_taken_and_put_on_record(int total, bool vip, string path, string? values)
    {
        var trip = Trip.Through(Journey);
        if (vip)
            trip.Changes(new ContactEdit.AddTag("vip"));

        trip.Does("Begin", $"{{'total':{total}}}");

        Assert.Equal($"p>{path}", trip.Path[0]);
        Assert.Equal((path == "otherwise" ? 0UL : 1UL, values), trip.Details.Where(step => step.Point == "p").Select(step => (step.Bits, step.Detail)).Single());
    }
}

public sealed class SwitchPointTests
{
    static Trip On(string source) => Trip.Through("{'p':{'kind':'switch'," + source + ",'paths':[{'name':'France','values':['fr','FR'],'next':'e'},{'name':'forty','values':[42,true,{'date':'2026-01-31'}],'next':'e'}],'otherwise':'e'},'e':{'kind':'end','outcome':'completed'}}");

    public static TheoryData<Value, string> Held => new()
    {
        { Value.Of("FR"), "France" },
        { Value.Of("fr"), "France" },
        { Value.Of("Fr"), "otherwise" },
        { Value.Of(42m), "forty" },
        { Value.Of("42"), "otherwise" },
        { Value.Of(true), "forty" },
        { Value.Of(new NodaTime.LocalDate(2026, 1, 31)), "forty" },
        { Value.None, "otherwise" },
        { Value.Of(["it", "fr"]), "France" },
    };

    [Theory, MemberData(nameof(Held))]
    public void A_value_goes_the_way_that_names_it_and_every_other_goes_otherwise(Value held, string path) =>
        Assert.Equal($"p>{path}", On("'property':'country'").Changes(new ContactEdit.SetProperty("country", held)).Does("Begin").Path[0]);

    [Fact]
    public void A_field_of_the_starting_event_is_looked_at_as_well() =>
        Assert.Equal("p>France", On("'field':'address.country'").Does("Begin", "{'address':{'country':'fr'}}").Path[0]);
}

public sealed class StartedByPointTests
{
    const string Starts = "{'kind':'event','id':'bought','events':['Order'],'next':'p'},{'kind':'event','id':'asked','events':['Question'],'next':'p'},{'kind':'event','id':'called','events':['Call'],'next':'p'}";
    const string Points = "{'p':{'kind':'startedBy','paths':[{'name':'customers','starts':['bought'],'next':'e'},{'name':'talks','starts':['asked'],'next':'e'}],'otherwise':'e'},'e':{'kind':'end','outcome':'completed'}}";

    [Theory]
    [InlineData("Order", "customers")]
    [InlineData("Question", "talks")]
    [InlineData("Call", "otherwise")]
    public void Everybody_goes_the_way_of_the_starting_point_that_brought_them(string happened, string path) =>
        Assert.Equal($"p>{path}", Trip.Through(Points, Starts).Does(happened).Path[0]);
}
