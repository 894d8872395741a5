namespace RtpProxy.Controller.Relays;

/// <summary>One line of the module's listing of nodes (<c>nh_show_rtpp</c>, <c>rtpproxy.list</c>).</summary>
/// <param name="SetId">Number of the set.</param>
/// <param name="Url">The address as configured.</param>
/// <param name="Index">Counts all nodes of all sets, from 0, in order of definition.</param>
/// <param name="IsDisabled">The node gets no calls now.</param>
/// <param name="Weight">Its share of the calls.</param>
/// <param name="Recheck">
/// When a disabled node is probed again, in seconds of a clock with an arbitrary start; 0 is none, -1 never.
/// </param>
public sealed record RelayNodeStatus(int SetId, string Url, int Index, bool IsDisabled, int Weight, long Recheck)
{
    /// <summary>It has never answered: it was not asked yet, or is being asked for the first time. It is not listed as disabled.</summary>
    public bool IsUnprobed { get; init; }

    /// <summary>Why it gets no calls, or has not answered yet, in a clause for a person; empty when it is up.</summary>
    public string Problem { get; init; } = "";
}
