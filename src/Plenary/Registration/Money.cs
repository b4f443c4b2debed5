using System.Globalization;

namespace Plenary.Registration;

/// <summary>Amounts of money: whole numbers of the smallest unit of a currency, so that nothing is lost by rounding.</summary>
public static class Money
{
    public const string UsualCurrency = "EUR";

    /// <summary>The highest price of one place, in the smallest unit.</summary>
    public const int LargestPrice = 10_000_000;

    /// <summary>In hundredths of a percent.</summary>
    public const int LargestTaxRate = 5_000;

    /// <summary>Currencies of ISO 4217 that tickets are sold in, with the decimals of each.</summary>
    public static readonly IReadOnlyDictionary<string, int> Currencies =
        "EUR USD GBP CHF AUD BRL CAD CZK DKK INR JPY KRW MXN NOK NZD PLN SEK SGD ZAR".Split(' ').ToDictionary(code => code, code => code is "JPY" or "KRW" ? 0 : 2);

    /// <summary>The tax within an amount that includes it, rounded half away from zero: 19 % within 119.00 is 19.00.</summary>
    /// <param name="gross">Tax included, in the smallest unit.</param>
    /// <param name="rate">In hundredths of a percent.</param>
    public static int TaxWithin(int gross, int rate) => (int)Math.Round((decimal)gross * rate / (10_000 + rate), MidpointRounding.AwayFromZero);

    /// <summary><c>EUR 49.00</c></summary>
    public static string Text(int amount, string currency)
    {
        var decimals = Currencies.GetValueOrDefault(currency, 2);
        var units = decimals == 0 ? amount : amount / 100m;
        return $"{currency} {units.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)}";
    }
}
