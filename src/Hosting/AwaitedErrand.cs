using RtpProxy.Io.Net.Engines.Mail;

namespace RtpProxy.Hosting;

/// <summary>Lets asynchronous code wait for an errand.</summary>
internal sealed class AwaitedErrand<T>(T errand) : IErrandEnd
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => _completion.Task;

    public void Finish() => _completion.TrySetResult(errand);

    public void GiveUp(Exception? defect) =>
        _completion.TrySetException(new InvalidOperationException("The relay cannot carry this out any more.", defect));
}
