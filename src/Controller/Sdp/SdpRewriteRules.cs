using RtpProxy.Controller.Offers;

namespace RtpProxy.Controller.Sdp;

/// <summary>What a rewriting does beside ports and addresses.</summary>
/// <param name="Mark">The line to add, without line end; empty for none.</param>
/// <param name="RewriteSessionConnection">Flag c.</param>
/// <param name="IcePriority">Rank of the relay candidates, or none.</param>
internal sealed record SdpRewriteRules(
    string Mark, bool RewriteSessionConnection = false, IcePriority IcePriority = IcePriority.None);
