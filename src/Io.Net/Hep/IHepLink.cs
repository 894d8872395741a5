namespace RtpProxy.Io.Net.Hep;

/// <summary>An open way to a collector.</summary>
internal interface IHepLink : IAsyncDisposable
{
    /// <summary>Ends when the collector has closed the connection, never with an exception; never where there is none.</summary>
    Task Closed { get; }

    /// <summary>Sends packets, in order.</summary>
    /// <returns>How many of them the system did not take, although the way stays open.</returns>
    /// <exception cref="IOException">The way has ended.</exception>
    Task<int> SendAsync(IReadOnlyList<byte[]> packets, CancellationToken stop);
}
