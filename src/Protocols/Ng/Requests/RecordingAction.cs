namespace RtpProxy.Protocols.Ng.Requests;

/// <summary>What a <see cref="RecordingRequest"/> does.</summary>
public enum RecordingAction
{
    /// <summary><c>start recording</c>; goes on after a pause.</summary>
    Start,

    /// <summary><c>stop recording</c>.</summary>
    Stop,

    /// <summary><c>pause recording</c>, or <c>stop recording</c> with <c>pause</c>.</summary>
    Pause,
}
