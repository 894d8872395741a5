using System.Net.Sockets;
using System.Runtime.ExceptionServices;

namespace RtpProxy.Lines;

/// <summary>
/// Accepts connections and has each of them served, so many at the same time and no more. When the system cannot give one,
/// because descriptors are short or a peer has gone already, it waits a little, and longer each time, and goes on.
/// </summary>
/// <remarks>
/// <see cref="RunAsync"/> is called once; the counter may be read from any thread. Each connection is served on the thread pool.
/// </remarks>
/// <param name="listener">It listens already. Borrowed; disposing it ends the loop as the token does.</param>
/// <param name="maxConnections">How many are served at the same time; at least 1.</param>
/// <param name="serve">
/// Serves a connection, which it owns and disposes, until its task ends or the token is cancelled. It need not catch what tells
/// that the peer, or we, are gone: <see cref="SocketException"/>, <see cref="IOException"/>,
/// <see cref="OperationCanceledException"/>, <see cref="ObjectDisposedException"/>.
/// </param>
internal sealed class AcceptLoop(Socket listener, int maxConnections, Func<Socket, CancellationToken, Task> serve)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly List<Task> _serving = [];
    private ExceptionDispatchInfo? _defect;
    private long _refused;

    public WhenFull WhenFull { get; init; } = WhenFull.Refuse;

    /// <summary>
    /// Is told, on any thread, of an exception that <c>serve</c> ought not to have thrown; it costs that connection only. Without
    /// it the first such exception leaves <see cref="RunAsync"/> when everything has ended.
    /// </summary>
    public Action<Exception>? OnDefect { get; init; }

    /// <summary>When it is cancelled no more are accepted; those that have been are served to their end.</summary>
    public CancellationToken Until { get; init; }

    /// <summary>Measures the pauses.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Connections closed because there were too many.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Accepts until the token is cancelled or the listener disposed, and ends when the last connection has been served.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, Until);
        try
        {
            while (true)
            {
                await WaitForPlaceAsync(either.Token).ConfigureAwait(false);
                Admit(await AcceptAsync(either.Token).ConfigureAwait(false), stop);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // No more.
        }

        await Task.WhenAll(_serving).ConfigureAwait(false);
        _defect?.Throw();
    }

    private async ValueTask WaitForPlaceAsync(CancellationToken stop)
    {
        while (WhenFull == WhenFull.Wait && IsFull())
        {
            await Task.WhenAny(_serving).WaitAsync(stop).ConfigureAwait(false);
        }
    }

    private async Task<Socket> AcceptAsync(CancellationToken stop)
    {
        for (TimeSpan pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await listener.AcceptAsync(stop).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                await Task.Delay(pause, Time, stop).ConfigureAwait(false);
            }
        }
    }

    private void Admit(Socket connection, CancellationToken stop)
    {
        if (IsFull())
        {
            Interlocked.Increment(ref _refused);
            connection.Dispose();
            return;
        }

        _serving.Add(Task.Run(() => ServeAsync(connection, stop), CancellationToken.None));
    }

    private bool IsFull()
    {
        _serving.RemoveAll(served => served.IsCompleted);
        return _serving.Count >= maxConnections;
    }

    private async Task ServeAsync(Socket connection, CancellationToken stop)
    {
        try
        {
            await serve(connection, stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The peer, or we, are gone.
        }
#pragma warning disable CA1031 // A defect costs this connection, not the others.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            Tell(defect);
        }
    }

    private void Tell(Exception defect)
    {
        if (OnDefect is { } tell)
        {
            tell(defect);
        }
        else
        {
            Interlocked.CompareExchange(ref _defect, ExceptionDispatchInfo.Capture(defect), null);
        }
    }
}
