namespace RtpProxy.Controller.Relays.Transports;

/// <summary>Bytes of a command out, text of its reply in. Thread-safe; never blocks a thread.</summary>
internal interface IRelayTransport : IAsyncDisposable
{
    /// <summary>Sends one command without cookie and line end, and awaits its reply.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<RelayReply> ExchangeAsync(ReadOnlyMemory<byte> command, CancellationToken cancellationToken);
}
