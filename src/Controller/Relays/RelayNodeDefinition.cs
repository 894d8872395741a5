namespace RtpProxy.Controller.Relays;

/// <summary>One node as it is configured.</summary>
/// <param name="Address">Its control socket.</param>
/// <param name="Weight">Its share of the calls of its set, 0 or more. 0 gets no calls unless it is the only node.</param>
/// <param name="IsSwitchedOff">Listed, but never probed and never used (<c>flags</c> of the module's table).</param>
public sealed record RelayNodeDefinition(RelayAddress Address, int Weight = 1, bool IsSwitchedOff = false)
{
    public int Weight { get; } = Weight >= 0
        ? Weight
        : throw new ArgumentOutOfRangeException(nameof(Weight), Weight, "expected a weight of 0 or more");
}
