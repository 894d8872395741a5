namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>The connections of one endpoint that are still being served.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ConnectionTasks
{
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _running = [];

    /// <param name="connection">Never faults.</param>
    public void Add(Task connection)
    {
        lock (_lock)
        {
            _running.Add(connection);
        }

        // Also right for a task that has already ended: then the continuation runs at once, after the insertion.
        _ = RemoveAtEndAsync(connection);
    }

    public Task AllEndedAsync()
    {
        lock (_lock)
        {
            return Task.WhenAll(_running);
        }
    }

    private async Task RemoveAtEndAsync(Task connection)
    {
        await connection.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            _running.Remove(connection);
        }
    }
}
