using System.Text.Json;
using RtpProxy.Admin;

namespace RtpProxy.Watch.Nodes;

/// <summary>
/// One connection to a relay's admin socket: questions and their answers, and events from then on. Thread-safe. Of a relay that
/// does not read or answer, at most <see cref="MaxWaiting"/> questions wait, each for <see cref="Patience"/>.
/// </summary>
internal sealed class NodeLink : IAsyncDisposable
{
    private const int MaxWaiting = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Stream _stream;
    private readonly AdminLines _lines;
    private readonly Action<AdminReply> _onEvent;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly CancellationTokenSource _closed = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<long, TaskCompletionSource<AdminReply>> _waiting = [];
    private long _lastId;
    private Exception? _ended;

    /// <param name="stream">Owned from now on.</param>
    /// <param name="onEvent">Gets the lines that answer no question, one after the other.</param>
    public NodeLink(Stream stream, Action<AdminReply> onEvent)
    {
        _stream = stream;
        _lines = new AdminLines(stream);
        _onEvent = onEvent;
        Ended = Task.Run(ReadAsync);
    }

    /// <summary>Completes when nothing more will come, with what ended it.</summary>
    public Task<Exception> Ended { get; }

    /// <exception cref="NodeFaultException">There is no answer.</exception>
    /// <exception cref="NodeRefusalException">The answer is no.</exception>
    public async Task<AdminReply> AskAsync(AdminRequest request, CancellationToken stop)
    {
        TaskCompletionSource<AdminReply> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        long id = Enter(answer);
        try
        {
            byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(request with { Id = id }, AdminJson.Default.AdminRequest), (byte)'\n'];
            await WriteAsync(line).WaitAsync(Patience, stop).ConfigureAwait(false);
            AdminReply reply = await answer.Task.WaitAsync(Patience, stop).ConfigureAwait(false);
            return reply.Error is { } fault ? throw new NodeRefusalException(fault) : reply;
        }
        catch (TimeoutException e)
        {
            throw new NodeFaultException($"the relay did not answer within {Patience.TotalSeconds} s", e);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            throw Broken(e);
        }
        finally
        {
            lock (_gate)
            {
                _waiting.Remove(id);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync().ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        await Ended.ConfigureAwait(false);
    }

    private long Enter(TaskCompletionSource<AdminReply> answer)
    {
        lock (_gate)
        {
            if (_ended is not null)
            {
                throw Broken(_ended);
            }

            if (_waiting.Count >= MaxWaiting)
            {
                throw new NodeFaultException("too many questions wait for the relay");
            }

            _waiting.Add(++_lastId, answer);
            return _lastId;
        }
    }

    // Goes on after whoever asked has given up: half a line would spoil the next.
    private async Task WriteAsync(byte[] line)
    {
        await _writing.WaitAsync(_closed.Token).ConfigureAwait(false);
        try
        {
            await _stream.WriteAsync(line, _closed.Token).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task<Exception> ReadAsync()
    {
        Exception cause;
        try
        {
            while (await _lines.ReadAsync(_closed.Token).ConfigureAwait(false) is { } reply)
            {
                Deliver(reply);
            }

            cause = new NodeFaultException("the relay closed the connection");
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or NodeFaultException)
        {
            cause = e;
        }

        End(cause);
        return cause;
    }

    private void Deliver(AdminReply reply)
    {
        if (reply.Id is not { } id)
        {
            _onEvent(reply);
            return;
        }

        TaskCompletionSource<AdminReply>? answer;
        lock (_gate)
        {
            _waiting.TryGetValue(id, out answer);
        }

        answer?.TrySetResult(reply);
    }

    // What a relay did to be given up is known to the reader alone.
    private static NodeFaultException Broken(Exception cause) =>
        new(cause is NodeFaultException ? cause.Message : "the connection to the relay broke", cause);

    private void End(Exception cause)
    {
        TaskCompletionSource<AdminReply>[] waiting;
        lock (_gate)
        {
            _ended = cause;
            waiting = [.. _waiting.Values];
        }

        foreach (TaskCompletionSource<AdminReply> answer in waiting)
        {
            answer.TrySetException(Broken(cause));
        }
    }
}
