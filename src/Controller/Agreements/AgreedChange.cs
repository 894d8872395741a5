namespace RtpProxy.Controller.Agreements;

/// <summary>What one offer, or the answer to it, changed on a node.</summary>
/// <param name="Leg">Whose side of which medium.</param>
/// <param name="Other">The tag of the other party; null before it has one.</param>
/// <param name="Before">What held until then; null when the node knew nothing of this side, or we do not know what.</param>
/// <param name="After">What holds since.</param>
internal sealed record AgreedChange(LegId Leg, string? Other, LegDescription? Before, LegDescription After);
