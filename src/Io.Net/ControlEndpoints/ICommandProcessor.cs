using RtpProxy.Relay.Commands;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>Carries one command out and gives its reply.</summary>
/// <remarks>Thread-safe.</remarks>
public interface ICommandProcessor
{
    /// <summary>
    /// Starts the command before it returns, so that commands given one after the other reach their workers in that
    /// order.
    /// </summary>
    /// <param name="line">The command without cookie; borrowed for the call.</param>
    /// <param name="cookie">Begins the reply; empty on streams. Borrowed for the call.</param>
    /// <returns>The whole reply, final LF included.</returns>
    /// <exception cref="OperationCanceledException">(From the task.) The relay is stopping.</exception>
    ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(
        ReadOnlySpan<byte> line, ReadOnlySpan<byte> cookie, in CommandOrigin origin);

    /// <summary>Counts a datagram that was answered from the reply cache.</summary>
    void CountRepeat();
}
