namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>A reply that somebody awaits.</summary>
internal sealed class AwaitedReply : IReplyTarget
{
    private readonly TaskCompletionSource<ReadOnlyMemory<byte>> _reply =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Canceled if the relay is stopping, faulted by what the command met.</summary>
    public Task<ReadOnlyMemory<byte>> Task => _reply.Task;

    public void Reply(ReadOnlyMemory<byte> reply) => _reply.SetResult(reply);

    public void GiveUp(Exception? defect)
    {
        if (defect is null)
        {
            _reply.SetCanceled();
        }
        else
        {
            _reply.SetException(defect);
        }
    }
}
