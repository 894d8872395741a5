namespace RtpProxy.Tools.Tests.ExtractAudio;

public sealed class ScanTests : ToolTests
{
    private readonly RecordedCall _call = new RecordedCall()
        .Add(1000, 1, 0, new byte[20])
        .AddRaw(1001, new byte[11])
        .AddRaw(1002, new byte[12]);

    [Fact]
    public void Records_are_counted_without_looking_into_them()
    {
        Write("call.a.rtp", _call.ToAdHoc());
        Write("call.o.rtp", _call.ToPcap());

        Scan("call").ShouldBe(new ToolResult(0, "call.a.rtp: 2\ncall.o.rtp: 3\n", ""));
        Scan("-A", "call.a.rtp", "-B", "nofile").ShouldBe(new ToolResult(0, "call.a.rtp: 2\nnofile: -1\n", ""));
        Scan("-B", "call.o.rtp").ShouldBe(new ToolResult(0, "call.o.rtp: 3\n", ""));
    }

    [Fact]
    public void What_is_empty_or_broken_counts_as_minus_one()
    {
        Write("empty");
        Write("cut", _call.ToAdHoc()[..^1]);
        Write("odd", _call.ToPcap()[..^1]);

        Scan("-A", "empty", "-B", "cut").Output.ShouldBe("empty: -1\ncut: -1\n");
        Scan("-A", "odd").Output.ShouldBe("odd: -1\n");
        Scan("-A", "/").Output.ShouldBe("/: -1\n");
    }

    private ToolResult Scan(params string[] arguments) => Tool.ExtractAudio.Run(Work, ["-S", .. arguments]);
}
