using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RtpProxy.Watch.Ng;

/// <summary>
/// The relay that ng messages are for: each goes over UDP under its cookie, and is repeated until there is a reply, as any
/// controller does (ng protocol). Thread-safe.
/// </summary>
/// <remarks>Who asks under a cookie that another one waits under gets the same reply.</remarks>
internal sealed class NgRelay : IDisposable
{
    /// <summary>Largest message, cookie included: a datagram.</summary>
    public const int MaxMessage = 65_507;

    private const int MaxWaiting = 1_000;
    private const int Repeats = 5;

    private static readonly TimeSpan RepeatAfter = TimeSpan.FromSeconds(1);

    private readonly Socket _socket;
    private readonly CancellationTokenSource _closed = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TaskCompletionSource<byte[]>> _waiting = new(StringComparer.Ordinal);
    private readonly Task _receiving;

    public NgRelay(IPEndPoint address)
    {
        _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.Connect(address); // only it is heard
        _receiving = Task.Run(ReceiveAsync);
    }

    /// <param name="message">A cookie, a space, a dictionary.</param>
    /// <param name="cookie">What stands before the space.</param>
    /// <returns>The reply, cookie included; null when there is none, or too many wait for one.</returns>
    public async Task<byte[]?> AskAsync(ReadOnlyMemory<byte> message, ReadOnlyMemory<byte> cookie, CancellationToken stop)
    {
        string key = Encoding.Latin1.GetString(cookie.Span);
        if (Enter(key) is not { } answer)
        {
            return null;
        }

        using CancellationTokenSource given = CancellationTokenSource.CreateLinkedTokenSource(stop, _closed.Token);
        try
        {
            for (int i = 0; i < Repeats; i++)
            {
                await SendAsync(message, given.Token);
                await Task.WhenAny(answer.Task, Task.Delay(RepeatAfter, given.Token));
                given.Token.ThrowIfCancellationRequested();
                if (answer.Task.IsCompleted)
                {
                    return await answer.Task;
                }
            }

            return null;
        }
        finally
        {
            Leave(key, answer);
        }
    }

    public void Dispose()
    {
        _closed.Cancel();
        _socket.Dispose();
        _receiving.Wait();
        _closed.Dispose();
    }

    private TaskCompletionSource<byte[]>? Enter(string key)
    {
        lock (_gate)
        {
            if (_waiting.TryGetValue(key, out TaskCompletionSource<byte[]>? answer))
            {
                return answer;
            }

            if (_waiting.Count >= MaxWaiting)
            {
                return null;
            }

            answer = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add(key, answer);
            return answer;
        }
    }

    private void Leave(string key, TaskCompletionSource<byte[]> answer)
    {
        lock (_gate)
        {
            if (_waiting.TryGetValue(key, out TaskCompletionSource<byte[]>? present) && present == answer)
            {
                _waiting.Remove(key);
            }
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken stop)
    {
        try
        {
            await _socket.SendAsync(message, SocketFlags.None, stop);
        }
        catch (SocketException)
        {
            // Nobody is there, or nothing that long passes: there will be no reply.
        }
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[MaxMessage];
        while (!_closed.IsCancellationRequested)
        {
            try
            {
                int length = await _socket.ReceiveAsync(buffer, SocketFlags.None, _closed.Token);
                Deliver(buffer.AsSpan(0, length));
            }
            catch (SocketException)
            {
                // What was sent before did not arrive: nobody is there now, and may be later.
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Deliver(ReadOnlySpan<byte> reply)
    {
        int space = reply.IndexOf((byte)' ');
        if (space <= 0)
        {
            return;
        }

        lock (_gate)
        {
            if (_waiting.Remove(Encoding.Latin1.GetString(reply[..space]), out TaskCompletionSource<byte[]>? answer))
            {
                answer.TrySetResult(reply.ToArray());
            }
        }
    }
}
