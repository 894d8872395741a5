namespace RtpProxy.TestKit.Operations;

/// <summary>
/// One thing whose cost is watched: benchmarks time it, and a test holds what it allocates to <c>bench/budgets.json</c>. Both
/// therefore speak of the same work.
/// </summary>
/// <remarks>Made once, with everything it needs ready; not thread-safe.</remarks>
public interface IOperation
{
    /// <summary>Does it once. To be repeated any number of times.</summary>
    void Run();
}
