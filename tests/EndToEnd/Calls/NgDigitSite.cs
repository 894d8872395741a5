using RtpProxy.EndToEnd.Phones;
using RtpProxy.EndToEnd.Processes;

namespace RtpProxy.EndToEnd.Calls;

/// <summary>One whose relay tells the keys that are pressed.</summary>
public sealed class NgDigitSite : NgSite
{
    /// <summary>Where it tells them (<c>--dtmf-log-dest</c>).</summary>
    public MediaSocket Digits { get; } = new(Loopback.NextAddress());

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Digits.Dispose();
    }

    protected override IEnumerable<string> RelayOptions => [.. base.RelayOptions, "--dtmf-log-dest", $"{Digits.Local}"];
}
