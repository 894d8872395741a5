namespace RtpProxy.Media.Tests.Fuzz;

/// <summary>Fuzz target: the readers of all kinds of recordings and captures; read at once and byte by byte they must agree.</summary>
public static class RecordingFuzz
{
    public static void Fuzz(ReadOnlySpan<byte> data)
    {
        byte[] file = data.ToArray();
        RecordingFixture.Reading whole = RecordingFixture.Read(file);
        RecordingFixture.Reading dribbled = RecordingFixture.Read(file, chunk: 3);
        dribbled.Packets.ShouldBe(whole.Packets);
        dribbled.Fault.ShouldBe(whole.Fault);
        whole.Fault?.ToString().ShouldNotBeNullOrEmpty();
    }
}
