using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Control;

/// <summary>One control socket of a daemon, spoken to as a controller does.</summary>
public abstract class ControlClient : IDisposable
{
    /// <summary>Sends a command and waits for its reply.</summary>
    /// <returns>The reply without cookie and final LF.</returns>
    /// <exception cref="TimeoutException">No reply came.</exception>
    public async Task<string> AskAsync(string command)
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        try
        {
            return (await ExchangeAsync(command, deadline.Token)).TrimEnd('\n');
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"no reply to \"{command}\"");
        }
    }

    public virtual void Dispose()
    {
        GC.SuppressFinalize(this);
    }

    protected abstract Task<string> ExchangeAsync(string command, CancellationToken cancellation);
}
