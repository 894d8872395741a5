using System.IO.Pipelines;
using System.Net.Sockets;
using RtpProxy.Admin;
using RtpProxy.Lines;

namespace RtpProxy.Hosting.Admin;

/// <summary>
/// One client: reads its requests, one after the other, and writes replies and events, a line each. What it can make grow is one
/// request, one reply, and the queue of its events; while it does not read, nothing more of it is read.
/// </summary>
/// <remarks>On the thread pool.</remarks>
internal sealed class AdminConnection : IDisposable
{
    private readonly NetworkStream _stream;
    private readonly LineReader _lines;
    private readonly AdminDesk _desk;
    private readonly EventFeed _feed;
    private readonly TimeSpan _writePatience;
    private readonly SemaphoreSlim _turn = new(1); // to write
    private FeedSubscription? _subscription;
    private Task _telling = Task.CompletedTask;

    /// <param name="connection">Owned from now on.</param>
    /// <param name="writePatience">A client that takes no line for so long is closed.</param>
    public AdminConnection(Socket connection, AdminDesk desk, EventFeed feed, TimeSpan writePatience)
    {
        _stream = new NetworkStream(connection, ownsSocket: true);
        _lines = new LineReader(PipeReader.Create(_stream), AdminWords.MaxRequestLength);
        _desk = desk;
        _feed = feed;
        _writePatience = writePatience;
    }

    /// <summary>A client that asks nothing for so long, with all of its requests answered, is closed.</summary>
    public TimeSpan AskPatience { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Called with each of its requests, before that is answered.</summary>
    public Action OnAsked { get; init; } = static () => { };

    /// <summary>Until the client ends, or we do.</summary>
    public async Task<ClientEnd> ServeAsync(CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        ClientEnd how = ClientEnd.Gone;
        try
        {
            how = await AnswerAllAsync(end).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            how = ClientEnd.DidNotRead;
        }
        catch (Exception e) when (IsOfTheEnd(e))
        {
            // The client, or we, are gone, or the task that tells events has given up.
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            _subscription?.Dispose();
        }

        return await EndedWellAsync().ConfigureAwait(false) ? how : ClientEnd.DidNotRead;
    }

    /// <summary>Says why it is not served.</summary>
    public Task RefuseAsync(AdminFault fault, CancellationToken stop) => WriteAsync(new AdminReply { Error = fault }, stop);

    public void Dispose()
    {
        _stream.Dispose();
        _turn.Dispose();
    }

    private async Task<ClientEnd> AnswerAllAsync(CancellationTokenSource end)
    {
        while (true)
        {
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
            limited.CancelAfter(AskPatience);
            MessageRead read;
            try
            {
                read = await _lines.ReadAsync(limited.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!end.IsCancellationRequested)
            {
                return ClientEnd.DidNotAsk;
            }

            switch (read.Status)
            {
                case MessageStatus.End:
                    return ClientEnd.Gone;
                case MessageStatus.TooLong:
                    await WriteAsync(new AdminReply { Error = TooLong }, end.Token).ConfigureAwait(false);
                    break;
                default:
                    OnAsked();
                    await AnswerAsync(read.Bytes, end).ConfigureAwait(false);
                    break;
            }
        }
    }

    private async Task AnswerAsync(ReadOnlyMemory<byte> line, CancellationTokenSource end)
    {
        (AdminRequest? request, AdminFault? fault) = AdminRequests.Read(line.Span);
        if (request is null)
        {
            await WriteAsync(new AdminReply { Error = fault }, end.Token).ConfigureAwait(false);
            return;
        }

        AdminReply reply = await _desk.AnswerAsync(request, end.Token).ConfigureAwait(false);
        bool isSubscribing = request.Ask == AdminWords.Events && reply.Error is null;
        if (isSubscribing)
        {
            await EndEventsAsync().ConfigureAwait(false);
            _subscription = request.Kinds is { Count: 0 } ? null : _feed.Subscribe(request.Kinds);
        }

        await WriteAsync(reply, end.Token).ConfigureAwait(false);
        if (isSubscribing && _subscription is { } subscription)
        {
            _telling = Task.Run(() => TellAsync(subscription, end), CancellationToken.None);
        }
    }

    private async Task TellAsync(FeedSubscription subscription, CancellationTokenSource end)
    {
        try
        {
            await foreach (FeedItem item in subscription.TakeAllAsync(end.Token).ConfigureAwait(false))
            {
                if (subscription.TakeLost() is var lost and > 0)
                {
                    await WriteAsync(new AdminReply { Lost = lost }, end.Token).ConfigureAwait(false);
                }

                await WriteAsync(_desk.LineOf(item), end.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            // By its end, or because the client is gone or does not read: then its requests need not be read either.
            if (!subscription.IsEnded)
            {
                await end.CancelAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task EndEventsAsync()
    {
        _subscription?.Dispose();
        _subscription = null;
        await _telling.ConfigureAwait(false);
    }

    private async Task<bool> EndedWellAsync()
    {
        try
        {
            await _telling.ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (IsOfTheEnd(e))
        {
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static bool IsOfTheEnd(Exception e) =>
        e is OperationCanceledException or IOException or SocketException or ObjectDisposedException;

    private Task WriteAsync(AdminReply reply, CancellationToken stop) => WriteAsync(ReplyLines.Of(reply), stop);

    /// <exception cref="TimeoutException">The client does not read.</exception>
    private async Task WriteAsync(byte[] line, CancellationToken stop)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limited.CancelAfter(_writePatience);
        try
        {
            await _turn.WaitAsync(limited.Token).ConfigureAwait(false);
            try
            {
                await _stream.WriteAsync(line, limited.Token).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new TimeoutException("The client does not read.");
        }
    }

    private static AdminFault TooLong { get; } =
        new(FaultCodes.TooLong, $"a request has at most {AdminWords.MaxRequestLength} bytes");
}
