namespace RtpProxy.Controller;

/// <summary>The caller's cancellationToken together with the time that one operation may take.</summary>
internal sealed class OperationBudget : IDisposable
{
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenRegistration _caller;

    public OperationBudget(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        _end = new CancellationTokenSource(limit, time);
        _caller = cancellationToken.UnsafeRegister(static end => ((CancellationTokenSource)end!).Cancel(), _end);
    }

    public CancellationToken Token => _end.Token;

    public void Dispose()
    {
        // First: it waits for a cancellation under way, which uses the source.
        _caller.Dispose();
        _end.Dispose();
    }
}
