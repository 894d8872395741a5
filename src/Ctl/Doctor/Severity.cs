using System.Text.Json.Serialization;

namespace RtpProxy.Ctl.Doctor;

/// <summary>How much a finding should worry.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
internal enum Severity
{
    /// <summary>Nothing to do.</summary>
    [JsonStringEnumMemberName("fine")]
    Fine,

    /// <summary>Worth knowing.</summary>
    [JsonStringEnumMemberName("note")]
    Note,

    /// <summary>The system does not tell: nobody can say.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    /// <summary>It will cost calls or packets one day.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>It costs calls or packets now.</summary>
    [JsonStringEnumMemberName("fault")]
    Fault,
}
