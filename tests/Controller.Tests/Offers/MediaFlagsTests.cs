using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Controller.Offers;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Sip;

namespace RtpProxy.Controller.Tests.Offers;

public sealed class MediaFlagsTests
{
    [Fact]
    public void Every_flag_has_its_property()
    {
        MediaFlags.Parse("").ShouldBe(MediaFlags.None);
        MediaFlags.Parse("a").ShouldBe(MediaFlags.None with { Asymmetric = true, TrustSdpAddress = true });
        MediaFlags.Parse("W").ShouldBe(MediaFlags.None with { Asymmetric = false });
        MediaFlags.Parse("r").ShouldBe(MediaFlags.None with { TrustSdpAddress = true });
        MediaFlags.Parse("iE").ShouldBe(MediaFlags.None with { FirstDirection = Direction.Internal, SecondDirection = Direction.External });
        MediaFlags.Parse("x").ShouldBe(MediaFlags.None with { BridgeFamilies = true });
        MediaFlags.Parse("z20").ShouldBe(MediaFlags.None with { PtimeMilliseconds = 20 });
        MediaFlags.Parse("l").ShouldBe(MediaFlags.None with { LookupOnly = true });
        MediaFlags.Parse("f").ShouldBe(MediaFlags.None with { IgnoreMark = true });
        MediaFlags.Parse("c").ShouldBe(MediaFlags.None with { RewriteSessionConnection = true });
        MediaFlags.Parse("o").ShouldBe(MediaFlags.None with { RewriteOrigin = true });
        MediaFlags.Parse("t").ShouldBe(MediaFlags.None with { DestroyWithoutToTag = true });
        MediaFlags.Parse("1").ShouldBe(MediaFlags.None with { Suffix = CallIdSuffix.FirstBranch });
        MediaFlags.Parse("2").ShouldBe(MediaFlags.None with { Suffix = CallIdSuffix.SecondBranch });
        MediaFlags.Parse("3").ShouldBe(MediaFlags.None with { Suffix = CallIdSuffix.BranchByDirection });
        MediaFlags.Parse("b").ShouldBe(MediaFlags.None with { Suffix = CallIdSuffix.ExtraId });
    }

    [Fact]
    public void A_branch_wins_over_the_extra_identifier()
    {
        MediaFlags.Parse("1b").Suffix.ShouldBe(CallIdSuffix.FirstBranch);
        MediaFlags.Parse("b2").Suffix.ShouldBe(CallIdSuffix.SecondBranch);
    }

    [Fact]
    public void Digits_behind_z_are_its_number() => MediaFlags.Parse("rz123w").PtimeMilliseconds.ShouldBe(123);

    [Theory]
    [InlineData("s", 0)]
    [InlineData("rq", 1)]
    [InlineData("B", 0)]
    [InlineData("r e", 1)]
    [InlineData("rz", 2)]
    [InlineData("z0", 1)]
    [InlineData("z1000", 1)]
    [InlineData("z99999999999", 1)]
    [InlineData("iei", 2)]
    [InlineData("4", 0)]
    public void What_is_no_flag_is_refused_at_its_place(string text, int offset)
    {
        MediaFlags.TryParse(text, out _, out ParseError error).ShouldBeFalse();
        error.Offset.ShouldBe(offset);
        Should.Throw<FormatException>(() => MediaFlags.Parse(text));
    }

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        Arbitrary<string> texts = Gen.Elements("aAwWrRxXlLfFcCoOtT123biezZ0257".ToCharArray()).ArrayOf()
            .Select(letters => new string(letters)).ToArbitrary();
        Prop.ForAll(texts, text =>
        {
            if (MediaFlags.TryParse(text, out MediaFlags flags, out _))
            {
                MediaFlags.Parse(flags.ToString()).ShouldBe(flags);
            }
        }).QuickCheckThrowOnFailure();
    }
}
