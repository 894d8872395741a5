namespace RtpProxy.Controller.Relays;

/// <summary>How sets treat their nodes. Immutable; the defaults are those of the module where it has them.</summary>
public sealed record RelaySetsOptions
{
    public static RelaySetsOptions Default { get; } = new();

    /// <summary>How each node is asked.</summary>
    public RelayClientOptions Client
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = RelayClientOptions.Default;

    /// <summary>
    /// <c>rtpproxy_disable_tout</c>: how long a node that failed is left alone before it is probed again. Negative is for
    /// ever, until it is enabled by hand. A node that is the only one of its set serves no call for so long: a few seconds fit it
    /// better.
    /// </summary>
    public TimeSpan DisableTime
    {
        get;
        init => field = Durations.OrForEver(value);
    } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a call waits for the probe of a disabled node while its set has others. The probe itself goes on; a node
    /// that is back answers at once, and one that is not delays nobody for longer.
    /// </summary>
    public TimeSpan ProbePatience
    {
        get;
        init => field = Durations.NotNegative(value);
    } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How long a node that has refused a call, because it is full or drains, is offered no new ones while its set has others.
    /// It keeps the calls it has. Zero: every call that its Call-ID sends there asks it first.
    /// </summary>
    public TimeSpan RestTime
    {
        get;
        init => field = Durations.NotNegative(value);
    } = TimeSpan.FromSeconds(10);

    /// <summary>How long a node that was taken out of the configuration still serves the calls it has.</summary>
    public TimeSpan DrainTime
    {
        get;
        init => field = Durations.NotNegative(value);
    } = TimeSpan.FromHours(12);

    /// <summary>
    /// Calls whose node is remembered, in case the configuration changes under them or they were not given the node that their
    /// Call-ID names; the oldest are forgotten first.
    /// </summary>
    public int MaxRememberedCalls
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "expected 0 or more calls");
    } = 65_536;
}
