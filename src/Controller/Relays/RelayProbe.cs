using System.Globalization;
using RtpProxy.Lines;
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

    /// <summary>Why it may not be used, in a clause for a person; empty when it may.</summary>
    public string Problem { get; init; } = "";

    internal static async ValueTask<RelayProbe> RunAsync(IRelay relay, CancellationToken cancellationToken)
    {
        RelayReply version = await relay.SendAsync(new VersionCommand(), cancellationToken).ConfigureAwait(false);
        string text = version.Text.Trim();
        if (!version.IsReply)
        {
            return NoReply(version, "");
        }

        if (LeadingNumber(text) != ProtocolVersion.Base)
        {
            return new RelayProbe(ProbeOutcome.WrongVersion, RelayCapabilities.None, text)
            {
                Problem = $"it speaks another protocol, '{PeerText.Brief(text)}'",
            };
        }

        RelayReply streams = await relay.SendAsync(new VersionCommand(MultipleStreams), cancellationToken).ConfigureAwait(false);
        if (!streams.IsReply)
        {
            return NoReply(streams, text);
        }

        if (!IsYes(streams))
        {
            return new RelayProbe(ProbeOutcome.TooOld, RelayCapabilities.None, text)
            {
                Problem = "it is too old: it cannot tell the media of a call apart",
            };
        }

        RelayCapabilities found = RelayCapabilities.None;
        foreach ((string date, RelayCapabilities capability) in Optional)
        {
            // Silence costs the feature, not the node.
            if (IsYes(await relay.SendAsync(new VersionCommand(date), cancellationToken).ConfigureAwait(false)))
            {
                found |= capability;
            }
        }

        return new RelayProbe(ProbeOutcome.Usable, found, text);
    }

    private static RelayProbe NoReply(in RelayReply reply, string version) =>
        new(ProbeOutcome.NoReply, RelayCapabilities.None, version) { Problem = FailureText.Of(reply) };

    private static bool IsYes(in RelayReply reply) => reply.IsReply
        && int.TryParse(LeadingNumber(reply.Text.Trim()), CultureInfo.InvariantCulture, out int number) && number == 1;

    private static string LeadingNumber(string text)
    {
        int end = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text : text[..end];
    }
}
