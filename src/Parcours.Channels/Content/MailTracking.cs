using Parcours.Channels.Links;
using Parcours.Journeys.Machine;

namespace Parcours.Channels.Content;

/// <summary>How what a recipient does with one mail is noticed. Null parts are not.</summary>
/// <param name="Message">The mail.</param>
/// <param name="Content">The mark of its content (<see cref="LinkTarget.MarkOf"/>).</param>
/// <param name="OpenLink">The address of the image that tells of an open.</param>
/// <param name="BeforeTarget">What stands before the seal of a link's target.</param>
public sealed record MailTracking(MessageKey Message, uint Content, PublicAddresses Addresses, string? OpenLink, string? BeforeTarget);
