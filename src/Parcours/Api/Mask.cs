using System.Security.Claims;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Journeys.Contacts;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>What a caller may see of values (Semantics 11.4): who only reads sees that a sensitive property has one, not which.</summary>
/// <param name="masked">The properties whose sensitive ones are hidden; null: nothing is.</param>
sealed class Mask(PropertyRegistry? masked)
{
    public const string Hidden = "•••";

    /// <summary>Whoever is not for certain an admin is masked.</summary>
    public static Mask For(ClaimsPrincipal user, IEngine engine) => new(Access.Has(user, KeyScope.Admin) ? null : engine.Properties);

    public object? Property(string name, Value value) => !value.IsNone && Hides(name) ? Hidden : ContactView.Plain(value);

    public string Identity(IdentityKind kind, string value) => kind switch
    {
        IdentityKind.Email => Hides("email"),
        IdentityKind.Phone => Hides("phone"),
        _ => false,
    } ? Hidden : value;

    /// <summary>Where a message went: by channel an e-mail address or a telephone number.</summary>
    public string Address(string channel, string value) => Identity(channel == "email" ? IdentityKind.Email : IdentityKind.Phone, value);

    bool Hides(string property) => masked is not null && masked.Definitions.TryGetValue(property, out var definition) && definition.Sensitive;
}
