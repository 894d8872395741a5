namespace RtpProxy.ExtractAudio;

/// <summary>What a value of <c>-F</c> or <c>-D</c> stands for.</summary>
internal sealed record FormatName<T>(string Name, T Value, string Description)
    where T : struct, Enum;
