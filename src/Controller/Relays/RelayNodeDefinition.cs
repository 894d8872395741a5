using System.Net;

namespace RtpProxy.Controller.Relays;

/// <summary>One node as it is configured.</summary>
/// <param name="Address">Its control socket.</param>
/// <param name="Weight">Its share of the calls of its set, 0 or more. 0 gets no calls unless it is the only node.</param>
/// <param name="IsSwitchedOff">Listed, but never probed and never used (<c>flags</c> of the module's table).</param>
/// <param name="Advertised">
/// Written into SDP instead of what the node replies, for a node that does not know by which address the world reaches it;
/// null for the node's own. Replaces addresses of its own family only.
/// </param>
public sealed record RelayNodeDefinition(
    RelayAddress Address, int Weight = 1, bool IsSwitchedOff = false, IPAddress? Advertised = null)
{
    public int Weight { get; } = Weight >= 0
        ? Weight
        : throw new ArgumentOutOfRangeException(nameof(Weight), Weight, "expected a weight of 0 or more");
}
