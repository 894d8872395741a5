using System.Globalization;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;

namespace RtpProxy.Controller.Relays;

/// <summary>What a node said when it was asked who it is.</summary>
/// <param name="Outcome">Whether the node may be used.</param>
/// <param name="Capabilities">The features it has; none unless usable.</param>
/// <param name="Version">Its reply to <c>V</c>, trimmed; empty without one.</param>
public sealed record RelayProbe(ProbeOutcome Outcome, RelayCapabilities Capabilities, string Version)
{
    private const string MultipleStreams = "20050322";

    private static readonly (string Date, RelayCapabilities Capability)[] Optional =
    [
        ("20071116", RelayCapabilities.Repacketization),
        ("20081102", RelayCapabilities.CodecLists),
        ("20081224", RelayCapabilities.Notifications),
    ];

    public bool IsUsable => Outcome == ProbeOutcome.Usable;

    internal static async ValueTask<RelayProbe> RunAsync(IRelay relay, CancellationToken cancellationToken)
    {
        RelayReply version = await relay.SendAsync(new VersionCommand(), cancellationToken).ConfigureAwait(false);
        string text = version.Text.Trim();
        if (!version.IsReply)
        {
            return new RelayProbe(ProbeOutcome.NoReply, RelayCapabilities.None, "");
        }

        if (LeadingNumber(text) != ProtocolVersion.Base)
        {
            return new RelayProbe(ProbeOutcome.WrongVersion, RelayCapabilities.None, text);
        }

        if (await SupportsAsync(relay, MultipleStreams, cancellationToken).ConfigureAwait(false) is var required and not true)
        {
            ProbeOutcome outcome = required is null ? ProbeOutcome.NoReply : ProbeOutcome.TooOld;
            return new RelayProbe(outcome, RelayCapabilities.None, text);
        }

        RelayCapabilities found = RelayCapabilities.None;
        foreach ((string date, RelayCapabilities capability) in Optional)
        {
            // Silence costs the feature, not the node.
            if (await SupportsAsync(relay, date, cancellationToken).ConfigureAwait(false) == true)
            {
                found |= capability;
            }
        }

        return new RelayProbe(ProbeOutcome.Usable, found, text);
    }

    private static async ValueTask<bool?> SupportsAsync(IRelay relay, string date, CancellationToken cancellationToken)
    {
        RelayReply reply = await relay.SendAsync(new VersionCommand(date), cancellationToken).ConfigureAwait(false);
        return reply.IsReply
            ? int.TryParse(LeadingNumber(reply.Text.Trim()), CultureInfo.InvariantCulture, out int number) && number == 1
            : null;
    }

    private static string LeadingNumber(string text)
    {
        int end = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text : text[..end];
    }
}
