using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Hosting.Commands;

/// <summary>Carries one command out and gives its reply.</summary>
/// <remarks>Thread-safe.</remarks>
internal interface ICommandProcessor
{
    /// <summary>
    /// Starts the command before it returns, so that commands given one after the other reach their workers in that
    /// order.
    /// </summary>
    /// <param name="line">The command without cookie; borrowed for the call.</param>
    /// <param name="cookie">Begins the reply; empty on streams. Borrowed for the call.</param>
    /// <param name="target">Gets the whole reply, final LF included.</param>
    void Execute(ReadOnlySpan<byte> line, ReadOnlySpan<byte> cookie, in RequestOrigin origin, IReplyTarget target);

    /// <summary>Counts a datagram that was answered from the reply cache.</summary>
    void CountRepeat();
}
