"""Words that tell what a number beside them is, in the languages of readers. Lower case; a word covers its endings."""

from __future__ import annotations

ORDER_WORDS = (
    "order", "tracking", "parcel", "invoice", "dispute", "ticket", "commande", "colis", "suivi", "facture",
    "pedido", "seguimiento", "encomenda", "rastreio", "rastreamento", "bestell", "auftrag", "sendung", "ordine",
    "spedizione", "zamówieni", "przesyłk", "заказ", "трек", "посылк", "накладн", "замовлен", "відправлен",
    "订单", "訂單", "单号", "單號", "运单", "快递", "注文", "追跡", "주문", "운송장", "송장", "طلب", "شحنة", "تتبع",
    "sipariş", "kargo", "pesanan", "resi", "đơn hàng", "vận đơn", "คำสั่งซื้อ", "พัสดุ", "הזמנה", "bestelling", "zásilk",
    "objednáv", "comand", "ऑर्डर",
)  # fmt: skip
PHONE_WORDS = (
    "phone", "tel", "call me", "call us", "call", "mobile", "cell", "whatsapp", "viber", "telegram", "sms", "fax",
    "téléphone", "portable", "appele", "teléfono", "móvil", "celular", "llam", "telefone", "telemóvel", "lig", "handy",
    "anruf", "ruf", "telefon", "cellulare", "chiam", "komórk", "dzwo", "zadzwo", "тел", "телефон", "моб", "звон",
    "дзвон", "номер", "电话", "電話", "手机", "手機", "微信", "联系", "携帯", "전화", "휴대폰", "핸드폰", "연락처",
    "هاتف", "جوال", "اتصل",
    "موبايل", "واتساب", "telepon", "hp", "wa", "hubungi",
    "điện thoại", "sđt", "gọi", "โทร", "เบอร์", "ara", "gsm", "cep",
    "טלפון", "फ़ोन",
    "मोबाइल", "फोन",
)  # fmt: skip
CURRENCIES = (
    "$", "€", "£", "¥", "₽", "₴", "₩", "₫", "₺", "₹", "฿", "₪", "zł", "kč", "usd", "eur", "gbp", "cny", "rmb", "jpy",
    "krw", "rub", "руб", "р.", "uah", "грн", "idr", "rp", "vnd", "đ", "brl", "r$", "pln", "tl", "sar", "aed",
    "clp", "cop", "ars", "mxn", "huf", "ft", "元", "円", "원", "บาท", "ريال", "درهم",
    "dong", "won", "yen", "yuan", "peso", "pesos",
    "dollar", "dollars", "euro", "euros", "рубл", "тенге", "₸", "kzt",
)  # fmt: skip
