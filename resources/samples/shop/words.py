"""The words of the sample shop, in Portuguese. Prices in cents, weights in grams."""

TAGS = ("artesanal", "frágil", "importado", "lançamento", "orgânico", "presente", "promoção", "sem glúten", "vegano")

DEPARTMENTS = (
    ("Alimentos", "8d5524", (
        ("Cafés e chás", (
            ("Café torrado em grãos Serra Azul 500 g", 4290, 520, ("artesanal", "presente")),
            ("Café moído Tradição 250 g", 1890, 260, ("vegano",)),
            ("Café descafeinado Noite Boa 250 g", 2490, 260, ()),
            ("Chá-mate tostado 200 g", 1150, 220, ("orgânico", "vegano")),
            ("Erva-mate chimarrão barbaquá 1 kg", 2350, 1020, ("artesanal",)),
            ("Chá de hibisco 60 g", 1590, 80, ("orgânico", "vegano")))),
        ("Doces e geleias", (
            ("Goiabada cascão 600 g", 2190, 640, ("artesanal", "sem glúten")),
            ("Doce de leite Viçosa-Velha 400 g", 2390, 470, ("artesanal",)),
            ("Geleia de jabuticaba 250 g", 1990, 420, ("artesanal", "vegano")),
            ("Rapadura com amendoim 300 g", 990, 310, ("sem glúten",)),
            ("Paçoca rolha 30 unidades", 1790, 550, ("promoção", "vegano")),
            ("Mel silvestre 500 g", 3490, 720, ("orgânico",)),
            ("Brigadeiro gourmet, caixa com 12", 4890, 330, ("frágil", "presente")))),
        ("Grãos e farinhas", (
            ("Feijão-carioca tipo 1, 1 kg", 849, 1005, ("vegano",)),
            ("Farinha de mandioca d'água 1 kg", 1290, 1010, ("artesanal", "sem glúten")),
            ("Polvilho azedo 500 g", 890, 510, ("sem glúten", "vegano")),
            ("Fubá mimoso 1 kg", 590, 1005, ("sem glúten",)),
            ("Castanha-do-pará sem casca 200 g", 3290, 215, ("orgânico", "vegano")),
            ("Castanha de caju torrada 200 g", 2890, 215, ("promoção",)))))),
    ("Casa", "2a6f97", (
        ("Cozinha", (
            ("Panela de barro capixaba 3 L", 18990, 3400, ("artesanal", "frágil")),
            ("Panela de pedra-sabão 2 L", 24990, 5200, ("artesanal", "frágil", "presente")),
            ("Cuscuzeira de alumínio nº 16", 5990, 620, ()),
            ("Garrafa térmica 1 L", 8990, 780, ("lançamento",)),
            ("Coador de pano nº 2", 790, 40, ()),
            ("Jogo de facas de churrasco, 6 peças", 15990, 1100, ("presente",)),
            ("Tábua de carne em teca", 12990, 2100, ("artesanal",)))),
        ("Cama, mesa e banho", (
            ("Rede de dormir nordestina casal", 21990, 1900, ("artesanal", "presente")),
            ("Jogo de cama queen 200 fios", 19990, 2300, ("promoção",)),
            ("Toalha de banho gigante", 6990, 640, ()),
            ("Toalha de mesa de renda de bilro", 34990, 900, ("artesanal", "frágil")),
            ("Manta de algodão cru", 9990, 1300, ("orgânico",)))),
        ("Decoração", (
            ("Carranca do São Francisco 30 cm", 27990, 2600, ("artesanal", "presente")),
            ("Vaso marajoara médio", 18490, 1700, ("artesanal", "frágil")),
            ("Luminária de capim-dourado", 15990, 480, ("artesanal", "lançamento")),
            ("Quadro azulejo português 40 x 40", 8990, 1500, ("frágil",)))))),
    ("Eletrônicos", "343a40", (
        ("Áudio", (
            ("Fone de ouvido sem fio", 24990, 180, ("lançamento",)),
            ("Fone com fio P2", 3990, 90, ("promoção",)),
            ("Caixa de som à prova d'água", 34990, 740, ("presente",)),
            ("Microfone de mesa USB", 28990, 650, ("importado",)))),
        ("Informática", (
            ("Teclado ABNT2 mecânico", 32990, 980, ("lançamento",)),
            ("Mouse sem fio", 7990, 110, ()),
            ("Pendrive 64 GB", 3990, 15, ("promoção",)),
            ("SSD 1 TB NVMe", 44990, 30, ("importado",)),
            ("Monitor 24 polegadas", 79990, 4200, ("frágil",)),
            ("Suporte para notebook", 10990, 820, ()),
            ("Webcam Full HD", 18990, 160, ("importado",)))),
        ("Telefonia", (
            ("Carregador turbo 30 W", 8990, 120, ()),
            ("Cabo USB-C 2 m", 2990, 60, ("promoção",)),
            ("Película de vidro", 1990, 30, ("frágil",)),
            ("Bateria externa 10.000 mAh", 12990, 240, ()))))),
    ("Livros", "9b2226", (
        ("Literatura", (
            ("Contos do sertão, antologia", 5490, 410, ("presente",)),
            ("Poesia de cordel em doze folhetos", 3990, 260, ("artesanal",)),
            ("O rio e a ponte (romance)", 6290, 480, ("lançamento",)),
            ("Crônicas de uma rua sem saída", 4490, 330, ()),
            ("A menina que contava estrelas", 3490, 290, ("presente",)))),
        ("Técnicos", (
            ("Bancos de dados: do papel ao disco", 12990, 890, ("lançamento",)),
            ("C++ moderno passo a passo", 14990, 1020, ()),
            ("Estatística sem sofrimento", 9990, 700, ("promoção",)),
            ("Gramática de bolso", 2990, 180, ()))),
        ("Culinária", (
            ("Cozinha mineira em 100 receitas", 7990, 860, ("presente",)),
            ("Pães de fermentação natural", 6990, 640, ("artesanal",)))))),
    ("Moda", "bc6c25", (
        ("Calçados", (
            ("Chinelo de dedo", 2990, 320, ("promoção",)),
            ("Tênis de corrida", 29990, 610, ("lançamento",)),
            ("Alpargata de algodão", 8990, 430, ("vegano",)),
            ("Bota de couro", 38990, 1600, ("artesanal",)))),
        ("Roupas", (
            ("Camiseta básica branca", 4990, 180, ("orgânico",)),
            ("Camisa de linho", 18990, 260, ()),
            ("Vestido estampado chita", 13990, 310, ("artesanal",)),
            ("Bermuda de sarja", 9990, 350, ("promoção",)),
            ("Jaqueta jeans", 22990, 820, ()))),
        ("Acessórios", (
            ("Chapéu de palha", 5990, 140, ("artesanal",)),
            ("Bolsa de crochê", 11990, 290, ("artesanal", "presente")),
            ("Cinto de couro", 7990, 210, ()),
            ("Óculos de sol", 15990, 60, ("frágil", "importado")))))),
    ("Esporte e lazer", "386641", (
        ("Futebol", (
            ("Bola de futebol de campo", 11990, 440, ()),
            ("Bola de futevôlei", 13990, 430, ("lançamento",)),
            ("Caneleira infantil", 2990, 120, ("promoção",)))),
        ("Praia e camping", (
            ("Guarda-sol 2 m", 12990, 2300, ()),
            ("Cadeira de praia reclinável", 15990, 3100, ()),
            ("Caixa térmica 24 L", 17990, 2700, ("promoção",)),
            ("Barraca para quatro pessoas", 42990, 4900, ("lançamento",)),
            ("Jogo de dominó em madeira", 4990, 620, ("artesanal", "presente")))))),
)

DESCRIPTIONS = {
    "Café torrado em grãos Serra Azul 500 g": "Torra média, notas de chocolate e rapadura.\nColheita de um só sítio.",
    "Chá-mate tostado 200 g": "Para o verão: gelado, com limão.",
    "Farinha de mandioca d'água 1 kg": "Da casa de farinha de Bragança; grossa, para peixe e açaí.",
    "Panela de barro capixaba 3 L": "Modelada à mão e queimada a céu aberto; cure antes do primeiro uso.",
    "Rede de dormir nordestina casal": "Algodão cru com varanda de crochê; aguenta 180 kg.",
    "Luminária de capim-dourado": "Feita no Jalapão. Acompanha lâmpada de 4 W.",
    "Teclado ABNT2 mecânico": "Teclas com ç; interruptores silenciosos.",
    "Poesia de cordel em doze folhetos": "Xilogravuras na capa; cada folheto traz o mote: \"quem conta um conto; aumenta um ponto\".",
    "Bancos de dados: do papel ao disco": "Modelagem, chaves, junções -- e o que fazer quando o disco enche.",
    "Vestido estampado chita": "Tamanhos P, M e G; lavar à mão.",
    "Jogo de dominó em madeira": "28 peças em estojo; 100% reflorestamento.",
}

SUPPLIERS = (
    ("Sítio Serra Azul", "Alfenas", "MG", 35), ("Doces da Vó Zulmira", "Pelotas", "RS", 53),
    ("Cerealista Pantanal", "Cuiabá", "MT", 65), ("Barro & Fogo Cerâmica", "Vitória", "ES", 27),
    ("Tecelagem Jaguaribe", "Fortaleza", "CE", 85), ("Ateliê Jalapão", "Palmas", "TO", 63),
    ("Manaus Eletro", "Manaus", "AM", 92), ("Bits do Sul Informática", "Florianópolis", "SC", 48),
    ("Editora Ipê-Amarelo", "Brasília", "DF", 61), ("Livraria e Editora Maré", "Recife", "PE", 81),
    ("Couros Franca Velha", "Franca", "SP", 16), ("Confecções São Jorge", "Goiânia", "GO", 62),
    ("Praia Grande Esportes", "Santos", "SP", 13), ("Distribuidora D'Ávila", "Salvador", "BA", 71),
)

FIRST_NAMES = (
    "João", "Maria", "Antônio", "Ana", "José", "Francisca", "Luiz", "Adriana", "Carlos", "Juliana", "Conceição", "Raimundo",
    "Thiago", "Letícia", "Márcio", "Beatriz", "Vinícius", "Larissa", "Fábio", "Camila", "Sebastião", "Aparecida", "Otávio",
    "Íris", "Caetano", "Rosângela", "Ubirajara", "Iracema", "Gonçalo", "Inês", "Davi", "Helena", "Miguel", "Sofia", "Heitor",
    "Alice", "Jandira", "Benedito", "Célia", "Dirceu", "Eunice", "Flávio", "Geni", "Hélio", "Ivone", "Jurandir", "Kátia",
    "Lúcio", "Mônica", "Nélson", "Olívia", "Patrícia", "Quitéria", "Rômulo", "Simone", "Tânia", "Ulisses", "Valéria",
    "Wagner", "Zélia")

LAST_NAMES = (
    "Silva", "Santos", "Oliveira", "Souza", "Lima", "Pereira", "Ferreira", "Costa", "Araújo", "Gonçalves", "Ribeiro",
    "Almeida", "Carvalho", "Magalhães", "Assunção", "Corrêa", "d'Ávila", "Sant'Anna", "Guimarães", "Nóbrega", "Tupinambá",
    "Yamamoto", "Schmidt", "Bianchi", "Haddad", "Conceição", "Leitão", "Quintão", "Brandão", "do Ó")

CITIES = (  # city, state, area code, first five digits of the CEP, districts
    ("São Paulo", "SP", 11, 1310, ("Bela Vista", "Mooca", "Tatuapé", "Pinheiros")),
    ("Rio de Janeiro", "RJ", 21, 20040, ("Centro", "Tijuca", "Botafogo", "Méier")),
    ("Belo Horizonte", "MG", 31, 30130, ("Savassi", "Santa Tereza", "Pampulha")),
    ("Salvador", "BA", 71, 40020, ("Pelourinho", "Rio Vermelho", "Itapuã")),
    ("Recife", "PE", 81, 50030, ("Boa Viagem", "Casa Forte", "Várzea")),
    ("Fortaleza", "CE", 85, 60025, ("Aldeota", "Messejana", "Meireles")),
    ("Porto Alegre", "RS", 51, 90010, ("Cidade Baixa", "Moinhos de Vento", "Restinga")),
    ("Curitiba", "PR", 41, 80010, ("Batel", "Água Verde", "Santa Felicidade")),
    ("Belém", "PA", 91, 66010, ("Nazaré", "Umarizal", "Cremação")),
    ("Manaus", "AM", 92, 69005, ("Adrianópolis", "Parque Dez", "Compensa")),
    ("Brasília", "DF", 61, 70040, ("Asa Norte", "Asa Sul", "Guará")),
    ("Goiânia", "GO", 62, 74003, ("Setor Bueno", "Setor Oeste")),
    ("São Luís", "MA", 98, 65010, ("Centro Histórico", "Calhau")),
    ("Florianópolis", "SC", 48, 88010, ("Trindade", "Lagoa da Conceição")),
    ("Vitória", "ES", 27, 29010, ("Praia do Canto", "Jardim Camburi")),
    ("Ji-Paraná", "RO", 69, 76900, ("Nova Brasília", "Dois de Abril")),
)

STREETS = (
    "Rua das Flores", "Avenida Getúlio Vargas", "Rua Sete de Setembro", "Travessa da Saudade", "Rua José de Alencar",
    "Avenida Brasil", "Rua Padre Anchieta", "Alameda dos Ipês", "Praça da Matriz", "Rua do Sabiá", "Rua XV de Novembro",
    "Ladeira da Glória", "Rua Tiradentes", "Avenida Beira-Mar", "Rua Cecília Meireles", "Estrada do Açude",
    "Rua Princesa Isabel", "Quadra 203 Conjunto B", "Beco d'Água", "Rua Dom Pedro II")

CARRIERS = ("Correios PAC", "Correios Sedex", "Rápido Cerrado", "Transportes Maré Alta")

NOTES = (
    "Deixar na portaria.", "Embrulhar para presente, por favor!", "Ligar antes; o interfone não funciona.",
    "Entregar só depois das 18h\nou no sábado de manhã.", "É aniversário da minha mãe 🎂", "Cuidado: cachorro bravo",
    "Casa amarela, ao lado da padaria 'Pão d'Ouro'.")

REVIEWS = {
    1: (("Não recomendo", "Chegou quebrado e ninguém respondeu."), ("Decepção", None)),
    2: (("Esperava mais", "A cor é bem diferente da foto."), ("Fraco", "Durou duas semanas.")),
    3: (("Razoável", "Cumpre o que promete, nada além."), ("Bom, mas caro", None), (None, "Entrega demorou; produto ok.")),
    4: (("Muito bom", "Só faltou vir com manual."), ("Gostei", None), ("Bonito", "Minha avó adorou.")),
    5: (("Maravilhoso!", "Já é o terceiro que compro."), ("Excelente", None), ("Perfeito", "Chegou antes do prazo. Nota 10!"),
        ("Recomendo", "Qualidade de primeira; embalagem caprichada.")),
}
