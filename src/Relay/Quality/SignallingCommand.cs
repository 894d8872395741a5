namespace RtpProxy.Relay.Quality;

/// <summary>An offer or an answer that was carried out.</summary>
/// <param name="By">Which of the two.</param>
/// <param name="Speaker">In whose name.</param>
/// <param name="Ago">Before the moment of the report.</param>
/// <param name="IsOfSetUp">The call was set up by it: it changed nothing that was agreed before.</param>
public sealed record SignallingCommand(SignalledBy By, Side Speaker, TimeSpan Ago, bool IsOfSetUp);
