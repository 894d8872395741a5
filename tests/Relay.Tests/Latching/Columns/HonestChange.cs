namespace RtpProxy.Relay.Tests.Latching.Columns;

/// <summary>One thing that honest parties do, and what it may cost them.</summary>
/// <param name="What">The row of docs/security.md.</param>
/// <param name="Wanted">The limit, in words.</param>
/// <param name="Play">Plays it; gives the figure.</param>
/// <param name="IsGood">Whether the figure is within the limit.</param>
/// <param name="Unit">What the figure is.</param>
internal sealed record HonestChange(string What, string Wanted, Func<Scene, int> Play, Func<int, bool> IsGood, string Unit)
{
    /// <summary>The party signals the address that it has behind its NAT, and is heard at the NAT's.</summary>
    public bool IsBehindNat { get; init; }

    /// <summary>Only a callee can do it: a call is forked to callees.</summary>
    public bool IsOfCalleeOnly { get; init; }

    /// <summary>Why it cannot be less, where that is not plain.</summary>
    public string Why { get; init; } = "";

    /// <summary>Milliseconds until the party hears and is heard, below a limit.</summary>
    public static HonestChange Within(int milliseconds, string what, Func<Scene, int> play) =>
        new(what, $"under {milliseconds} ms", play, n => n >= 0 && n < milliseconds, "ms");

    /// <summary>Packets that are lost, at most.</summary>
    public static HonestChange Loses(int packets, string what, Func<Scene, int> play) =>
        new(what, packets == 0 ? "none lost" : $"at most {packets} lost", play, n => n <= packets, "lost");
}
