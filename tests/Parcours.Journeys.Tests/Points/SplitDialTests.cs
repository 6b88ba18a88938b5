using NodaTime;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Points;

/// <summary>Semantics 6.3: the shares of a split are set while it runs; what is drawn stays drawn (6.5).</summary>
public sealed class SplitDialTests
{
    /// <summary>Both lines lead back to the split after an hour.</summary>
    const string Round = """
        {'p':{'kind':'split','paths':[{'name':'a','share':SHARE,'next':'wa'},{'name':'b','share':REST,'next':'wb'}]},
         'wa':{'kind':'delay','for':'PT1H','next':'p'},'wb':{'kind':'delay','for':'PT1H','next':'p'}}
        """;

    static Trip Through(int share) => Trip.Through(Round.Replace("SHARE", $"{share}", StringComparison.Ordinal).Replace("REST", $"{100 - share}", StringComparison.Ordinal));

    static void Set(Trip ada, int share, uint other = 0) => ada.Dials = ada.Dials with
    {
        Shares = ada.Dials.Shares.SetItem("p", new(ada.SplitAt("p").Fingerprint + other, [new("a", share), new("b", 100 - share)], ada.Now, "eva@example.org")),
    };

    [Fact]
    public void Who_comes_from_then_on_draws_by_the_shares_that_were_set()
    {
        var ada = Through(100);
        Set(ada, 0);

        ada.Does("Begin");

        Assert.Equal("wb", ada.Waiting.Point);
        Assert.Equal("p>b wb…", string.Join(' ', ada.Path));
    }

    [Fact]
    public void What_was_drawn_before_anything_was_set_stays_drawn_when_the_contact_comes_round()
    {
        var ada = Through(100);
        ada.Does("Begin");
        Set(ada, 0);

        ada.Passes("PT1H");
        Assert.Equal("wa", ada.Waiting.Point);
        ada.Passes("PT1H");

        Assert.Equal("p>a wa… wa>next p>a wa… wa>next p>a wa…", string.Join(' ', ada.Path));
        Assert.Empty(Assert.Single(ada.Ada.Enrolments).Draws);
    }

    [Fact]
    public void What_was_drawn_by_shares_that_were_set_stays_drawn_whatever_is_set_later()
    {
        var ada = Through(100);
        Set(ada, 0);
        ada.Does("Begin");
        Set(ada, 100);

        ada.Passes("PT2H");

        Assert.Equal("wb", ada.Waiting.Point);
        Assert.Equal("b", Assert.Single(ada.Ada.Enrolments).DrawAt("p"));
    }

    [Fact]
    public void Shares_that_were_set_of_another_split_do_not_hold()
    {
        var ada = Through(100);
        Set(ada, 0, other: 1);

        ada.Does("Begin");

        Assert.Equal("wa", ada.Waiting.Point);
    }

    [Fact]
    public void Names_and_shares_make_another_split_where_it_leads_does_not()
    {
        Assert.NotEqual(Through(100).SplitAt("p").Fingerprint, Through(50).SplitAt("p").Fingerprint);
        Assert.Equal(Through(50).SplitAt("p").Fingerprint, Trip.Through(Round.Replace("SHARE", "50.0", StringComparison.Ordinal).Replace("REST", "50", StringComparison.Ordinal).Replace("'wa'", "'wc'", StringComparison.Ordinal).Replace("'wb'", "'wa'", StringComparison.Ordinal).Replace("'wc'", "'wb'", StringComparison.Ordinal)).SplitAt("p").Fingerprint);
    }
}
