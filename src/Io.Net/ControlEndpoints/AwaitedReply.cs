using System.Runtime.ExceptionServices;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>A reply that a thread waits for.</summary>
internal sealed class AwaitedReply : IReplyTarget
{
    private readonly object _lock = new(); // waited on, which Lock cannot
    private ReadOnlyMemory<byte> _reply;
    private Exception? _failure;
    private bool _hasEnded;

    public void Reply(ReadOnlyMemory<byte> reply) => End(reply, failure: null);

    public void GiveUp(Exception? defect) =>
        End(default, defect ?? new OperationCanceledException("the relay is stopping"));

    /// <exception cref="OperationCanceledException">The relay is stopping.</exception>
    public ReadOnlyMemory<byte> Wait()
    {
        lock (_lock)
        {
            while (!_hasEnded)
            {
                Monitor.Wait(_lock);
            }
        }

        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }

        return _reply;
    }

    private void End(ReadOnlyMemory<byte> reply, Exception? failure)
    {
        lock (_lock)
        {
            (_reply, _failure, _hasEnded) = (reply, failure, true);
            Monitor.Pulse(_lock);
        }
    }
}
