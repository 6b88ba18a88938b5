using System.Collections.Immutable;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Http;
using Parcours.Journeys.Contacts;

namespace Parcours.Api;

/// <summary>A body that says which contact it means.</summary>
interface IContactNames
{
    Guid? Contact { get; }
    string? UserId { get; }
    string? Email { get; }
    string? Phone { get; }
    string? AnonymousId { get; }
}

/// <summary>From the names in a body to a submission.</summary>
static class ContactNames
{
    public static Submission Named(IContactNames names, SubmissionBody body)
    {
        var identities = Identities(names);
        if (names.Contact is null && identities.IsEmpty)
            throw new BadInputException(Problems.Invalid("contact.unnamed", "", "Say which contact: contact, userId, email, phone or anonymousId."));
        return new Submission { Body = body, Origin = Origin.Person, Contact = names.Contact is { } id ? new ContactId(id) : null, Identities = identities };
    }

    public static ImmutableArray<Identity> Identities(IContactNames names)
    {
        var (identities, reasons) = Read(names);
        return reasons.Count == 0 ? identities : throw new BadInputException(Problems.Invalid(reasons));
    }

    /// <summary>What is wrong with the names, one by one.</summary>
    public static IReadOnlyList<ProblemReason> Wrong(IContactNames names) => Read(names).Reasons;

    static (ImmutableArray<Identity> Identities, List<ProblemReason> Reasons) Read(IContactNames names)
    {
        var identities = ImmutableArray.CreateBuilder<Identity>();
        var reasons = new List<ProblemReason>();
        Add(IdentityKind.UserId, names.UserId, "/userId");
        Add(IdentityKind.Email, names.Email, "/email");
        Add(IdentityKind.Phone, names.Phone, "/phone");
        Add(IdentityKind.AnonymousId, names.AnonymousId, "/anonymousId");
        return (identities.ToImmutable(), reasons);

        void Add(IdentityKind kind, string? value, string path)
        {
            if (value is null)
                return;
            if (IdentityForms.Normalise(new(kind, value)) is { } identity)
                identities.Add(identity);
            else
                reasons.Add(new("identity.invalid", path, kind switch
                {
                    IdentityKind.Email => "This is no e-mail address.",
                    IdentityKind.Phone => "This is no telephone number with its country code (E.164, such as +41791234567).",
                    _ => "An id has 1 to 512 characters.",
                }));
        }
    }
}

/// <summary>One submission over the API, taken or refused whole.</summary>
static class Submissions
{
    public static async Task<SubmissionResult> OneAsync(IEngine engine, Submission submission, CancellationToken cancellationToken) =>
        (await engine.SubmitAsync([submission], cancellationToken))[0];

    public static ProblemAnswer Refusal(SubmissionResult result) =>
        new(Problems.Refused([.. result.Refusals.Select(refusal => new ProblemReason(refusal.Code, "", refusal.Text))]) with { Where = result.Refusals.Select(refusal => refusal.Where).FirstOrDefault(where => where is not null) });
}
