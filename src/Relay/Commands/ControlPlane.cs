using RtpProxy.Control;
using RtpProxy.Relay.Notices;
using RtpProxy.Relay.Playback;
using RtpProxy.Relay.Recording;

namespace RtpProxy.Relay.Commands;

/// <summary>
/// The front desk of the relay: parses each command, counts it, and starts its run. Shared by all control sockets.
/// </summary>
/// <remarks>Thread-safe; takes no locks.</remarks>
public sealed class ControlPlane(
    CommandParser parser,
    RelayOptions options,
    int workerCount,
    INoticeBoard notices,
    IRecordingStore recordings,
    IPromptLibrary prompts,
    INameResolver names)
{
    /// <summary>Slow shutdown (control protocol, section 8.2): from now on no session is created.</summary>
    public void BeginDrain() =>
        throw new NotSupportedException($"{parser}{options}{workerCount}{notices}{recordings}{prompts}{names}");

    /// <summary>Parses one command and starts it. A malformed one comes back finished, with its error as reply.</summary>
    /// <param name="line">The command without cookie; borrowed for the call.</param>
    /// <param name="cookie">The cookie of a datagram, which then begins the reply; empty on streams.</param>
    public CommandRun Begin(ReadOnlySpan<byte> line, ReadOnlySpan<byte> cookie, in CommandOrigin origin) =>
        throw new NotSupportedException();

    /// <summary>Counts a datagram that was answered from the reply cache (<c>ncmds_rcvd_ndups</c>).</summary>
    public void CountRepeat() => throw new NotSupportedException();
}
