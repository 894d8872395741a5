namespace RtpProxy.Controller;

/// <summary>The caller's cancellation together with the time that one operation may take.</summary>
internal sealed class OperationBudget : IDisposable
{
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _either;

    public OperationBudget(TimeSpan limit, TimeProvider time, CancellationToken cancellation)
    {
        _timeout = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timeout.Token, cancellation);
    }

    public CancellationToken Token => _either.Token;

    public void Dispose()
    {
        _either.Dispose();
        _timeout.Dispose();
    }
}
