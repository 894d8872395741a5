using System.Collections.Immutable;

namespace RtpProxy.Relay.Calls;

/// <summary>What an offer says: it counts when somebody answers it (ng protocol).</summary>
/// <param name="Offerer">The party.</param>
/// <param name="Memo">As <see cref="CallParty.Memo"/>.</param>
/// <param name="Sources">Where the party sends from.</param>
public sealed record PendingOffer(Side Offerer, ImmutableArray<MediaDescription> Media, byte[] Memo, SourceRules Sources);
