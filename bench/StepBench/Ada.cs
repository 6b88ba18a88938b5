using NodaTime;
using Parcours.Bench.Reference;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace StepBench;

/// <summary>A contact as the reference journey knows them, and how it became one.</summary>
static class Ada
{
    public static readonly Instant Monday9 = Instant.FromUtc(2026, 3, 2, 9, 0);

    public static ContactId Id { get; } = ContactId.Create(1, Monday9.ToUnixTimeMilliseconds(), 0);

    public static Contact New()
    {
        var contact = new Contact(Id, Monday9);
        contact.Identities.Add(new(IdentityKind.UserId, "user-12"));
        contact.Identities.Add(new(IdentityKind.Email, People.AddressOf(12)));
        return contact;
    }

    public static Contact Known(string plan)
    {
        var contact = New();
        foreach (var edit in Edits(plan))
            contact.Apply(edit, Monday9, Origin.Live);
        return contact;
    }

    public static IReadOnlyList<ContactEdit> Edits(string plan) =>
    [
        new ContactEdit.SetProperty("email", Value.Of(People.AddressOf(12))),
        new ContactEdit.SetProperty("first_name", Value.Of("First12")),
        new ContactEdit.SetProperty("city", Value.Of("City12")),
        new ContactEdit.SetProperty("plan", Value.Of(plan)),
    ];
}
