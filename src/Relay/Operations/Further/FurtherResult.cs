namespace RtpProxy.Relay.Operations.Further;

/// <summary>What became of one <see cref="FurtherOperation"/>.</summary>
/// <param name="Port">What it answers with; null if it has nothing to say.</param>
public readonly record struct FurtherResult(bool IsFailed, AnsweredPort? Port = null)
{
    public static FurtherResult Done => default;

    public static FurtherResult Failed => new(true);
}
