using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Channels.Links;

/// <summary>What a public link names: one message of one partition, and what for. It names no person and no address.</summary>
/// <param name="Purpose">What the holder may do.</param>
/// <param name="Partition">The partition that holds the message.</param>
/// <param name="Message">The message's key (Semantics 5.4).</param>
public readonly record struct PublicLink(LinkPurpose Purpose, Partition Partition, MessageKey Message);
