namespace Parcours.Engine.Tests;

/// <summary>Journeys that the stories travel.</summary>
static class TestJourneys
{
    public const string Welcome = """
        {
          "format": 1, "id": "welcome", "name": "Welcome",
          "settings": { "reEntry": { "kind": "afterLeaving" }, "email": { "topic": "shop-news" } },
          "start": [ { "kind": "event", "id": "signed-up", "events": ["signed_up"], "next": "tag" } ],
          "points": {
            "tag": { "kind": "addTag", "tag": "signed-up", "next": "plan" },
            "plan": { "kind": "if", "condition": { "kind": "property", "name": "plan", "is": "equals", "value": "pro" }, "then": "mail", "else": "wait" },
            "mail": { "kind": "sendEmail", "content": "hello", "next": "done" },
            "wait": { "kind": "delay", "for": "PT1S", "next": "waited" },
            "waited": { "kind": "setProperty", "property": "waited", "value": true, "next": "done" },
            "done": { "kind": "end", "outcome": "completed" }
          }
        }
        """;

    /// <summary>Waits two days for a purchase, then reminds.</summary>
    public const string Basket = """
        {
          "format": 1, "id": "basket", "name": "Basket reminder",
          "settings": { "reEntry": { "kind": "afterLeaving" }, "email": { "topic": "shop-news" } },
          "start": [ { "kind": "event", "id": "filled", "events": ["basket_filled"], "next": "wait" } ],
          "points": {
            "wait": { "kind": "waitFor", "activities": [ { "kind": "event", "events": ["purchase"] } ], "timeout": "P2D", "next": "bought", "onTimeout": "remind" },
            "bought": { "kind": "end", "outcome": "successful" },
            "remind": { "kind": "sendEmail", "content": "reminder", "next": "later" },
            "later": { "kind": "delay", "for": "P1D", "next": "gone" },
            "gone": { "kind": "end", "outcome": "unsuccessful" }
          }
        }
        """;
}
